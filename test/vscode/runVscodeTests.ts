import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryFolder } from '../host/repositoryFolder';
import { runExtensionTests } from '../host/runExtensionTests';
import type { TestReport } from '../host/testReport';

const runner = join(repositoryFolder, 'out', 'test', 'vscode', 'index.cjs');
const workspace = join(repositoryFolder, 'test', 'fixtures', 'sample-workspace');

/** Bundles the tests and runs them in a real extension host. Undefined where they could not be run. */
export async function runVscodeTests(): Promise<TestReport | undefined> {
  await build({
    entryPoints: [join(repositoryFolder, 'test', 'vscode', 'index.ts')],
    outfile: runner,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const { exitCode, report } = await runExtensionTests({ runner, workspace, name: 'vscode' });
  // A run that hung or was killed after its last test has not passed.
  return report && exitCode !== 0 && report.failed === 0 ? undefined : report;
}
