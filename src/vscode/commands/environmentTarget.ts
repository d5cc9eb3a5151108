import { environmentOf } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import { qualifiedText } from '../operations/qualified';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { commandTarget } from './commandTarget';
import { choose, pickFolder } from './pick';
import { requireEnvironments } from './premises';

/** The environment that a command is about, and its folder; each is asked for once, where nobody named it. */
export async function environmentTarget(
  argument: unknown,
  store: WorkspaceStore,
  title: string,
): Promise<{ readonly folder: StoredFolder; readonly environment: Environment } | undefined> {
  const named = await commandTarget(argument, store);
  const folder = named?.folder ?? (await pickFolder(store));
  const environments = folder && requireEnvironments(folder);
  if (!environments) {
    return undefined;
  }
  const known = named?.environment === undefined ? undefined : environmentOf(folder.state, named.environment);
  const environment = known ?? (await choose({ folder }, environments, qualifiedText(title, folder.store)));
  return environment && { folder, environment };
}
