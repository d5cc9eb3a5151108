import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryFolder } from '../host/repositoryFolder';
import { runExtensionTests } from '../host/runExtensionTests';
import { temporaryFolder } from '../host/temporaryFolder';
import { type TestReport, hasRunNothing } from '../host/testReport';
import { makeWorkspace, type WorkspaceName } from './workspaces';

/** Each window has a runner module of its own, and a workspace. */
interface TestWindow {
  readonly entry: string;
  readonly workspace: WorkspaceName;
  readonly workspaceFile?: string;
  readonly trust?: 'restricted';
}

const windows: readonly TestWindow[] = [
  { entry: 'index', workspace: 'plain' },
  { entry: 'foreignWindow', workspace: 'foreign' },
  { entry: 'foldersWindow', workspace: 'folders', workspaceFile: 'two.code-workspace' },
  { entry: 'noFolderWindow', workspace: 'noFolder', workspaceFile: 'none.code-workspace' },
  { entry: 'restrictedWindow', workspace: 'restricted', trust: 'restricted' },
];
const bundles = join(repositoryFolder, 'out', 'test', 'vscode');

/** Bundles the tests and runs them in real extension hosts, one window after the other. Undefined where they could not be run. */
export async function runVscodeTests(): Promise<TestReport | undefined> {
  await bundleRunners();
  const scratch = temporaryFolder('pipebase-workspaces');
  const reports: TestReport[] = [];
  try {
    for (const window of windows) {
      const report = await runWindow(window, scratch.path);
      if (!report || hasRunNothing(report)) return undefined;
      reports.push(report);
    }
  } finally {
    scratch.remove();
  }
  return joined(reports);
}

async function bundleRunners(): Promise<void> {
  await build({
    entryPoints: windows.map(({ entry }) => join(repositoryFolder, 'test', 'vscode', `${entry}.ts`)),
    outdir: bundles,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function runWindow(
  { entry, workspace, ...options }: TestWindow,
  scratch: string,
): Promise<TestReport | undefined> {
  const { exitCode, report } = await runExtensionTests({
    ...options,
    runner: join(bundles, `${entry}.cjs`),
    workspace: makeWorkspace(workspace, scratch),
    name: `vscode-${entry}`,
  });
  // A run that hung or was killed after its last test has not passed.
  return report && exitCode !== 0 && report.failed === 0 ? undefined : report;
}

function joined(reports: readonly TestReport[]): TestReport {
  const sum = (count: (report: TestReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
    failures: reports.flatMap(({ failures }) => failures),
  };
}
