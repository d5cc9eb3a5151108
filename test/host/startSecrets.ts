import { copyFileSync, cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from './repositoryFolder';

/** Keys and values of the extension's secret storage. */
export type StartSecrets = readonly (readonly [key: string, value: string])[];

/** Makes an installed or copied extension store the secrets when it is activated; they are on no disk. */
export function takeStartSecrets(extensionFolder: string): void {
  const dist = join(extensionFolder, 'dist');
  renameSync(join(dist, 'extension.js'), join(dist, 'pipebase.js'));
  copyFileSync(join(__dirname, 'standIns', 'startWithSecrets.cjs'), join(dist, 'extension.js'));
}

/** What the extension's process has to be started with. */
export function startSecretsEnvironment(secrets: StartSecrets): NodeJS.ProcessEnv {
  return { PIPEBASE_START_SECRETS: JSON.stringify(secrets) };
}

/** A copy of the extension as it is built now, for a VS Code that loads it from a folder. */
export function copyExtension(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['package.json', 'dist', 'media']) {
    cpSync(join(repositoryFolder, part), join(folder, part), { recursive: true });
  }
}
