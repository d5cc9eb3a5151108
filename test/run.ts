// Runs the tests, all of them or the parts that are named, and ends with one line: N passed, N failed.
//   tsx test/run.ts [unit] [runtime] [contract] [camel] [webview] [vscode] [ui]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryFolder } from './host/repositoryFolder';
import { temporaryFolder } from './host/temporaryFolder';
import { type TestReport, hasRunNothing, readTestReport, reportEnvironment } from './host/testReport';

type Part = 'unit' | 'runtime' | 'contract' | 'camel' | 'webview' | 'vscode' | 'ui';
const parts: readonly Part[] = ['unit', 'runtime', 'contract', 'camel', 'webview', 'vscode', 'ui'];

const failedToRun: TestReport = { passed: 0, failed: 1, skipped: 0, failures: [] };

async function run(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !parts.some((part) => part === name));
  if (unknown.length > 0) {
    throw new Error(`There are no tests called ${unknown.join(', ')}. There are: ${parts.join(', ')}.`);
  }
  const reports: TestReport[] = [];
  for (const part of parts.filter((name) => asked.length === 0 || asked.includes(name))) {
    console.log(`\n— ${part} tests`);
    reports.push(part === 'vscode' ? await runVscodePart() : await runMochaPart(part));
  }
  for (const { title, message } of reports.flatMap(({ failures }) => failures)) {
    console.log(`failed: ${title}\n  ${message.split('\n')[0] ?? ''}`);
  }
  const sum = (count: (report: TestReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  const skipped = sum((report) => report.skipped);
  const failed = sum((report) => report.failed);
  console.log(
    `${String(sum((report) => report.passed))} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Loaded only for this part: what bundles and drives takes a second. */
async function runVscodePart(): Promise<TestReport> {
  const { runVscodeTests } = await import('./vscode/runVscodeTests');
  return (await runVscodeTests()) ?? failedToRun;
}

/** In a process of its own, so that one part's leftovers cannot help or hurt another. */
async function runMochaPart(part: Part): Promise<TestReport> {
  const scratch = temporaryFolder('pipebase-report');
  const path = join(scratch.path, 'report.json');
  const mocha = join(repositoryFolder, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const config = join('test', part, '.mocharc.json');
  const reporter = join('test', 'support', 'reportingReporter.cjs');
  // What a test leaves open must not keep everybody waiting; runtimeHandles.test.ts counts what must not be left.
  const child = spawn(process.execPath, [mocha, '--exit', '--config', config, '--reporter', reporter], {
    cwd: repositoryFolder,
    stdio: 'inherit',
    env: { ...process.env, ...reportEnvironment(path) },
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const report = readTestReport(path);
  scratch.remove();
  if (!report || hasRunNothing(report) || (code !== 0 && report.failed === 0)) return failedToRun;
  return report;
}

run().catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
