import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type OwnedProcess, startOwnedProcess } from './ownedProcess';
import { repositoryFolder } from './repositoryFolder';
import { runCommand } from './runCommand';
import type { ServerBuild } from './serverBuild';

/** Folders of one VS Code, so that it shares nothing with the person's own and with other runs. */
export interface ServerFolders {
  readonly serverData: string;
  readonly userData: string;
  readonly extensions: string;
}

export interface ServerOptions {
  readonly folders: ServerFolders;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /**
   * Lets the page load an extension under development and run its tests. VS Code then shows no notification toasts and
   * skips its dialogs, so it is not for what a person sees.
   */
  readonly automation?: boolean;
  /** False: VS Code asks whether the workspace is trusted. */
  readonly trustEverything?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** A file with what the address must say as `tkn`. Absent: whoever reaches the port gets in, for a test's short life. */
  readonly connectionTokenFile?: string;
}

export interface VscodeServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** `127.0.0.1:PORT`, the authority in `vscode-remote:` URIs */
  readonly authority: string;
  readonly process: OwnedProcess;
}

const startPatienceMs = 60_000;

export function serverFolders(root: string): ServerFolders {
  return { serverData: join(root, 'server'), userData: join(root, 'user'), extensions: join(root, 'extensions') };
}

/** Starts VS Code's own server (not code-server's front end around it) on this machine's loopback address. */
export async function startServer(build: ServerBuild, options: ServerOptions): Promise<VscodeServer> {
  const preload = pathToFileURL(join(__dirname, 'standIns', 'secretKey.mjs')).href;
  const args = ['--import', preload, build.serverMain, ...serverArguments(options)];
  const process = startOwnedProcess(build.node, args, {
    env: { ...serverEnvironment(options.folders), ...options.env },
  });
  try {
    const port = await boundPort(process);
    const authority = `127.0.0.1:${port}`;
    return { origin: `http://${authority}`, authority, process };
  } catch (error) {
    await process.stop();
    throw error;
  }
}

/** Installs a packaged extension for a server with these folders. */
export async function installExtension(build: ServerBuild, vsix: string, folders: ServerFolders): Promise<void> {
  const args = [build.serverMain, ...folderArguments(folders), '--install-extension', vsix, '--force'];
  await runCommand(build.node, args);
}

/** Where {@link installExtension} has put this extension. */
export function installedExtension({ extensions }: ServerFolders): string {
  const manifest = readFileSync(join(repositoryFolder, 'package.json'), 'utf8');
  const { publisher, name, version } = JSON.parse(manifest) as Record<'publisher' | 'name' | 'version', string>;
  return join(extensions, `${publisher}.${name}-${version}`);
}

/** Desktop VS Code keeps its user settings in the same place below its user data folder. */
export function writeUserSettings(folders: ServerFolders, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(join(folders.userData, 'User'), { recursive: true });
  writeFileSync(join(folders.userData, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
}

function serverEnvironment({ serverData }: ServerFolders): NodeJS.ProcessEnv {
  return {
    PIPEBASE_SECRET_KEY_FILE: join(serverData, 'secret-key'),
    // No marketplace: nothing is looked up in the network, and nothing waits for it.
    EXTENSIONS_GALLERY: '{}',
  };
}

function serverArguments(options: ServerOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--accept-server-license-terms', '--disable-telemetry'],
    ...connectionTokenArguments(options),
    ...folderArguments(options.folders),
    ...(options.automation === true ? ['--enable-smoke-test-driver'] : []),
    ...(options.trustEverything === false ? [] : ['--disable-workspace-trust']),
  ];
}

function connectionTokenArguments({ connectionTokenFile }: ServerOptions): string[] {
  return connectionTokenFile === undefined
    ? ['--without-connection-token']
    : ['--connection-token-file', connectionTokenFile];
}

function folderArguments({ serverData, userData, extensions }: ServerFolders): string[] {
  return ['--server-data-dir', serverData, '--user-data-dir', userData, '--extensions-dir', extensions];
}

function boundPort(server: OwnedProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The VS Code server did not start within ${startPatienceMs} ms:\n${server.output()}`));
    }, startPatienceMs);
    server.onOutput(() => {
      const bound = /Extension host agent listening on (\d+)/.exec(server.output());
      if (bound === null) return;
      clearTimeout(timer);
      resolve(Number(bound[1]));
    });
    void server.exited.then(() => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ended at once:\n${server.output()}`));
    });
  });
}
