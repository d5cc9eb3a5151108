import { window } from 'vscode';
import { environmentOf } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { commandTarget } from './commandTarget';
import { environmentItem } from './environmentItem';
import { pickFolder } from './pick';

/** The environment that a command is about, and its folder; each is asked for once, where nobody named it. */
export async function environmentTarget(
  argument: unknown,
  store: WorkspaceStore,
  title: string,
): Promise<{ readonly folder: StoredFolder; readonly environment: Environment } | undefined> {
  const named = await commandTarget(argument, store);
  const folder = named?.folder ?? (await pickFolder(store));
  if (!folder) {
    return undefined;
  }
  const known = named?.environment === undefined ? undefined : environmentOf(folder.state, named.environment);
  const environments = folder.state.registry?.environments ?? [];
  if (environments.length === 0) {
    void window.showWarningMessage('pipebase.yaml names no environment.');
    return undefined;
  }
  const environment = known ?? (await pick(environments, title));
  return environment && { folder, environment };
}

async function pick(environments: readonly Environment[], title: string): Promise<Environment | undefined> {
  const items = environments.map((environment) => ({ ...environmentItem(environment), environment }));
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.environment;
}
