import { window, workspace } from 'vscode';
import type { LocalEnvironmentStates } from '../../local/localEnvironments';
import { showLog, tell } from '../operations/tell';
import { ownWords } from '../sentences/ownWords';
import { plainText } from '../sentences/plainText';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { localEnvironmentsOf, type LocalEnvironmentsStore } from './localEnvironmentsStore';
import { offerOtherPorts } from './offerOtherPorts';
import { sayNotStarted, sayStarted } from './sayStarted';
import { writeLocalRegistry } from './writeLocalRegistry';

/** Starts them, writes a `pipebase.yaml` where there is none, and says plainly what they are. */
export async function startLocalEnvironments(
  folder: StoredFolder,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<void> {
  const states = await local.start(folder, store, (now) => readyToStart(now, store));
  if (states) {
    await sayOrMend(folder, states, store, local);
  }
}

/** Undefined where there is nothing to start, which is said. */
async function readyToStart(folder: StoredFolder, store: WorkspaceStore): Promise<StoredFolder | undefined> {
  const ready = folder.state.registry ? folder : await writeLocalRegistry(folder, store);
  if (ready && localEnvironmentsOf(ready).length === 0) {
    void window.showWarningMessage(
      'pipebase.yaml has no environment on this machine, so there is nothing to start. Give one a URL such as http://localhost:8181.',
    );
    return undefined;
  }
  return ready;
}

async function sayOrMend(
  folder: StoredFolder,
  states: LocalEnvironmentStates,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<void> {
  const now = fresh(folder, store);
  if (await offerOtherPorts(now, states)) {
    await sayOrMend(now, await local.restart(now, store), store, local);
  } else {
    sayStarted(now, states);
  }
}

/** Starts them again after a reload of the window, without a word unless something is wrong, which is said once. */
export async function restoreLocalEnvironments(
  folder: StoredFolder,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<void> {
  if (!workspace.isTrusted || local.isRunning(folder) || !local.isWanted(folder) || !folder.state.registry) {
    await local.announce(store);
    return;
  }
  const states = await startAgain(folder, store, local);
  sayNotStarted(states);
  // Nobody waits for the answer: what needs no local environment works meanwhile.
  void moveFromTakenPorts(folder, states, store, local).catch((error: unknown) => {
    void window.showErrorMessage(
      plainText(`The local environments could not be started on other ports: ${String(error)}`),
    );
  });
}

/** What fails as a whole is nobody's to see here, and is logged by who asked. */
async function startAgain(
  folder: StoredFolder,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<LocalEnvironmentStates> {
  try {
    return await local.restart(folder, store);
  } catch (error) {
    tell(window.showErrorMessage, `The local environments could not be started again: ${ownWords(String(error))}`, [
      { label: 'Start Local Environments', command: 'pipebase.local.start', argument: { folder: folder.state.folder } },
      showLog,
    ]);
    throw error;
  }
}

async function moveFromTakenPorts(
  folder: StoredFolder,
  states: LocalEnvironmentStates,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<void> {
  if (await offerOtherPorts(folder, states)) {
    sayNotStarted(await local.restart(folder, store));
  }
}

function fresh(folder: StoredFolder, store: WorkspaceStore): StoredFolder {
  return store.folder(folder.state.folder) ?? folder;
}
