import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDesktopBuild } from './desktopBuild';
import { type ExtensionTestRun, timedOutCode } from './extensionTestRun';
import { startOwnedProcess } from './ownedProcess';
import { quietSettings } from './quietSettings';
import { readLogFiles } from './readLogFiles';
import { serverFolders, writeUserSettings } from './vscodeServer';
import { withoutMarks } from './testOutput';
import { within } from './within';

/**
 * Runs tests in the extension host of a desktop VS Code. The same as test-electron's `runTests`, with a process of our
 * own: theirs cannot be ended when the tests hang.
 */
export async function runInDesktop(run: ExtensionTestRun): Promise<number> {
  const build = await ensureDesktopBuild();
  const folders = serverFolders(run.scratch);
  writeUserSettings(folders, quietSettings('dark'));
  const vscode = startOwnedProcess(build.executable, desktopArguments(run), { env: run.env });
  vscode.onOutput((text) => process.stdout.write(withoutMarks(text)));
  const code = await within(run.timeoutMs, timedOutCode, vscode.exited);
  await vscode.stop();
  if (code !== 0) {
    const log = `${vscode.output()}\n${readLogFiles(join(folders.userData, 'logs'))}`;
    writeFileSync(join(run.evidenceFolder(), 'log.txt'), log);
  }
  return code;
}

function desktopArguments(run: ExtensionTestRun): string[] {
  const { userData, extensions } = serverFolders(run.scratch);
  return [
    run.workspacePath,
    `--extensionDevelopmentPath=${run.extension}`,
    `--extensionTestsPath=${run.runner}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
    ...(run.trustEverything ? ['--disable-workspace-trust'] : []),
    // A container has no sandbox for Electron, and often no GPU.
    ...['--no-sandbox', '--disable-gpu-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'],
  ];
}
