import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from './chooseHost';
import { connectionToken } from './connectionToken';
import { isFreePort } from './isFreePort';
import { openInBrowser } from './openInBrowser';
import { packageExtension } from './packageExtension';
import { pathInUri } from './pathInUri';
import { ensureServerBuild } from './serverBuild';
import { type StartSecrets, startSecretsEnvironment, takeStartSecrets } from './startSecrets';
import type { Started, StartPlace } from './startPlace';
import { startSettings } from './startPlace';
import { installExtension, installedExtension, serverFolders, startServer, writeUserSettings } from './vscodeServer';

/** The same from one start to the next where possible: the browser keeps the extension's tokens under the address. */
const usualPort = 8710;
/** Of its own: its window has other secrets, and under one address the one would take those of the other. */
const usualPortWithSecrets = 8711;

/**
 * VS Code in the browser, with the extension packaged and installed: an extension under development would need VS Code's
 * automation mode, in which it shows neither notifications nor dialogs.
 */
export async function startInServer(
  place: StartPlace,
  port: number | undefined,
  secrets?: StartSecrets,
): Promise<Started> {
  const chosenPort = await choosePort(port, secrets ? usualPortWithSecrets : usualPort);
  const build = await ensureServerBuild();
  const folders = serverFolders(place.data);
  if (!existsSync(join(folders.userData, 'User', 'settings.json'))) writeUserSettings(folders, startSettings);
  console.log('Packaging and installing the extension…');
  await installExtension(build, await packageExtension(), folders);
  if (secrets) takeStartSecrets(installedExtension(folders));
  const env = secrets && { env: startSecretsEnvironment(secrets) };
  const connectionTokenFile = join(place.data, 'connection-token');
  const token = connectionToken(connectionTokenFile);
  const server = await startServer(build, { folders, port: chosenPort, connectionTokenFile, ...env });
  const address = `${server.origin}/?tkn=${token}&folder=${encodeURIComponent(pathInUri(place.workspace))}`;
  const opens = hasDisplay() && (process.env.CI ?? '') === '';
  console.log(`\nVS Code is at ${address}\n`);
  if (opens) openInBrowser(address);
  return { process: server.process, endedBy: 'The VS Code server ended.', endIsFailure: true };
}

async function choosePort(wanted: number | undefined, usual: number): Promise<number> {
  if (wanted === undefined) return (await isFreePort(usual)) ? usual : 0;
  if (await isFreePort(wanted)) return wanted;
  throw new Error(`Port ${wanted} is taken. Choose another one with --port.`);
}
