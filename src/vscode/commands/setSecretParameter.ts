import { window } from 'vscode';
import * as z from 'zod';
import type { ParameterLayer } from '../../core/registry/types';
import type { SecretStore } from '../adapters/secretStore';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { environmentTarget } from './setDeployToken';
import { commandTarget } from './commandTarget';
import { pickFolder } from './pick';

const keySchema = z.object({ key: z.string() });

/** Asks for the value of a parameter declared `{ secret: true }`, for one environment. */
export async function setSecretParameter(
  argument: unknown,
  store: WorkspaceStore,
  secrets: SecretStore,
): Promise<void> {
  const folder = (await commandTarget(argument, store))?.folder ?? (await pickFolder(store));
  const environment = folder && (await environmentTarget(argument, store, 'Set a Secret Parameter in…'));
  if (!environment) {
    return;
  }
  const key = keySchema.safeParse(argument).data?.key ?? (await pickSecretKey(folder, environment.parameters));
  if (key === undefined) {
    return;
  }
  const value = await window.showInputBox({
    title: `${key} in ${environment.label}`,
    prompt: 'Sent to this runtime with a deploy, and nowhere else. Kept in VS Code’s secret storage.',
    password: true,
    ignoreFocusOut: true,
  });
  if (value !== undefined) {
    await secrets.setSecretParameter(folder.state.folder, environment.id, key, value);
  }
}

async function pickSecretKey(folder: StoredFolder, own: ParameterLayer): Promise<string | undefined> {
  const shared = folder.state.registry?.parameters;
  const layers: readonly ParameterLayer[] = shared ? [shared, own] : [own];
  const keys = layers.flatMap((layer) => [...layer].filter(([, { kind }]) => kind === 'secret').map(([key]) => key));
  if (keys.length === 0) {
    void window.showInformationMessage(
      'No parameter is declared secret. Declare one in pipebase.yaml, as `name: { secret: true }`.',
    );
    return undefined;
  }
  return window.showQuickPick([...new Set(keys)].sort(), { title: 'Secret Parameter' });
}
