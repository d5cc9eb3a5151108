import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atExit } from './atExit';
import { ensureDesktopBuild } from './desktopBuild';
import { findOnPath } from './findOnPath';
import { type OwnedProcess, startOwnedProcess } from './ownedProcess';
import { repositoryFolder } from './repositoryFolder';
import { copyExtension, type StartSecrets, startSecretsEnvironment, takeStartSecrets } from './startSecrets';
import type { Started, StartPlace } from './startPlace';
import { startSettings } from './startPlace';
import { serverFolders, writeUserSettings } from './vscodeServer';

/** How long a window may take to close. */
const closingMs = 10_000;

/** The command that opens an installed VS Code. */
export function installedDesktop(): string | undefined {
  return findOnPath(process.platform === 'win32' ? ['code.cmd'] : ['code']);
}

/** A desktop VS Code with user data of its own, and the extension under development. */
export async function startInDesktop(place: StartPlace, secrets?: StartSecrets): Promise<Started> {
  const executable = installedDesktop() ?? (await ensureDesktopBuild()).executable;
  const folders = serverFolders(place.data);
  if (!existsSync(join(folders.userData, 'User', 'settings.json'))) writeUserSettings(folders, startSettings);
  console.log(`Opening ${executable}…`);
  const extension = secrets ? extensionWithSecrets(place) : repositoryFolder;
  const vscode = startOwnedProcess(executable, desktopArguments(place, extension), {
    ...(secrets && { env: startSecretsEnvironment(secrets) }),
    // A batch file cannot be started without a shell.
    shell: executable.endsWith('.cmd'),
  });
  return {
    process: { ...vscode, stop: stopWithWindow(vscode, folders.userData) },
    endedBy: 'VS Code was closed.',
    endIsFailure: false,
  };
}

function extensionWithSecrets({ data }: StartPlace): string {
  const folder = join(data, 'extension');
  copyExtension(folder);
  takeStartSecrets(folder);
  return folder;
}

function desktopArguments(place: StartPlace, extension: string): string[] {
  const { userData, extensions } = serverFolders(place.data);
  // Electron refuses to start for root with its sandbox.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [
    ...['--wait', '--new-window', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
    ...['--user-data-dir', userData, '--extensions-dir', extensions],
    `--extensionDevelopmentPath=${extension}`,
    ...root,
    place.workspace,
  ];
}

/**
 * The `code` command ends when its window has. So the window is asked to close, once (a second signal would cut its
 * closing short), and the command's end is waited for.
 */
function stopWithWindow(code: OwnedProcess, userData: string): () => Promise<void> {
  let askToClose: (() => void) | undefined = () => {
    endWindow(userData);
  };
  const forget = atExit(() => askToClose?.());
  // What has ended must not be asked: its process number may be another's by then.
  void code.exited.then(() => {
    askToClose = undefined;
    forget();
  });
  return async () => {
    askToClose?.();
    askToClose = undefined;
    await Promise.race([code.exited, pause(closingMs, undefined, { ref: false })]);
    await code.stop();
  };
}

/** The `code` command starts VS Code outside its own process tree; VS Code notes its process in its user data. */
function endWindow(userData: string): void {
  const lock = join(userData, 'code.lock');
  if (!existsSync(lock)) return;
  try {
    process.kill(Number(readFileSync(lock, 'utf8').trim()), 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}
