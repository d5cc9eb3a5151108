import { basename, join, resolve } from 'node:path';
import { chooseHost, hasDisplay } from './chooseHost';
import { copyWorkspace } from './copyWorkspace';
import { canDownloadDesktop, desktopVersion } from './desktopBuild';
import { vscodeVersion } from './buildVersions';
import { timedOutCode } from './extensionTestRun';
import { repositoryFolder } from './repositoryFolder';
import { runInDesktop } from './runInDesktop';
import { runInServer } from './runInServer';
import { temporaryFolder } from './temporaryFolder';
import { type TestReport, readTestReport, reportEnvironment } from './testReport';
import { testResultsFolder } from './testResultsFolder';

export interface ExtensionTestOptions {
  /** The bundled runner module, CommonJS, exporting `run(): Promise<void>`. It should end in {@link runMocha}. */
  readonly runner: string;
  /** A folder; VS Code opens a copy of it. */
  readonly workspace: string;
  /** Opened in place of the folder: a `.code-workspace` file in it, for a window with several folders. */
  readonly workspaceFile?: string;
  /** Names the folder in `out/test-results` that a failed run leaves. Default: the workspace folder's name. */
  readonly name?: string;
  /** The extension's root. Default: this repository. */
  readonly extension?: string;
  /** `restricted`: the window opens in Restricted Mode. Default `everything`: Workspace Trust is off. */
  readonly trust?: 'everything' | 'restricted';
  /** Environment of the extension host, beside this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Default ten minutes: it ends a run that hangs, and no slow one. */
  readonly timeoutMs?: number;
}

export interface ExtensionTestResult {
  /** 0 when all tests passed, 124 when they did not end in time. */
  readonly exitCode: number;
  /** Absent when the run ended before mocha did. */
  readonly report: TestReport | undefined;
}

const defaultTimeoutMs = 600_000;

/**
 * Runs tests inside a real extension host: of a desktop VS Code where one can be downloaded, else of VS Code's server
 * build. `PIPEBASE_TEST_HOST` (`desktop`, `server`, `auto`) decides otherwise.
 */
export async function runExtensionTests(options: ExtensionTestOptions): Promise<ExtensionTestResult> {
  const runInHost = await hostRunner();
  const scratch = temporaryFolder('pipebase-test');
  const reportPath = join(scratch.path, 'report.json');
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  try {
    const evidence: { folder?: string } = {};
    const code = await runInHost({
      extension: resolve(options.extension ?? repositoryFolder),
      runner: resolve(options.runner),
      workspacePath: join(copyWorkspace(options.workspace, scratch.path), options.workspaceFile ?? ''),
      scratch: scratch.path,
      trustEverything: options.trust !== 'restricted',
      env: { ...options.env, ...reportEnvironment(reportPath) },
      timeoutMs,
      evidenceFolder: () => (evidence.folder ??= testResultsFolder(options.name ?? basename(options.workspace))),
    });
    if (code === timedOutCode) console.error(`The tests did not end within ${timeoutMs / 1000} s.`);
    if (evidence.folder !== undefined) console.error(`What VS Code showed and logged is in ${evidence.folder}`);
    return resultOf(code, readTestReport(reportPath));
  } finally {
    scratch.remove();
  }
}

async function hostRunner(): Promise<typeof runInServer> {
  const choice = await chooseHost(process.env.PIPEBASE_TEST_HOST, 'PIPEBASE_TEST_HOST', {
    canShowWindows: hasDisplay,
    canDownload: canDownloadDesktop,
  });
  const isDesktop = choice.host === 'desktop';
  const what = isDesktop ? `desktop VS Code (${desktopVersion()})` : `the VS Code server build ${vscodeVersion}`;
  console.log(`Testing in ${what}: ${choice.why}.`);
  return isDesktop ? runInDesktop : runInServer;
}

function resultOf(code: number, report: TestReport | undefined): ExtensionTestResult {
  if (report === undefined && code === 0) {
    console.error('The test runner ended without a report: did it run mocha?');
    return { exitCode: 1, report };
  }
  return { exitCode: code, report };
}
