import type { SecretStore } from '../adapters/secretStore';
import { qualifiedText } from '../operations/qualified';
import { missingTokens } from '../state/missingTokens';
import type { WorkspaceStore } from '../state/workspaceStore';
import { pickEnvironment, pickOneFolder } from './pick';
import { setDeployToken } from './setDeployToken';

/** Asks for a token that an environment waits for; where none does, for that of any. */
export async function setMissingToken(store: WorkspaceStore, secrets: SecretStore): Promise<void> {
  await store.ready();
  const waiting = store.folders.filter(({ state }) => missingTokens(state).length > 0);
  if (waiting.length === 0) {
    await setDeployToken(undefined, store, secrets);
    return;
  }
  const folder = await pickOneFolder(waiting);
  const title = folder && qualifiedText('Set the Deploy Token of…', folder.store);
  const environment = title && (await pickEnvironment({ folder }, missingTokens(folder.state), title));
  if (environment) {
    await setDeployToken({ folder: folder.state.folder, environment: environment.id }, store, secrets);
  }
}
