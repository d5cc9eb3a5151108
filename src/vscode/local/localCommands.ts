import { writeFile } from 'node:fs/promises';
import { commands, window, workspace } from 'vscode';
import { setEnvironmentUrl } from '../../core/registry/editRegistry';
import { parseRegistry } from '../../core/registry/parseRegistry';
import { localRegistryTemplate } from '../../core/registry/localRegistryTemplate';
import { chooseLocalPorts, findFreePort } from '../../local/freePorts';
import type { LocalEnvironmentState } from '../../local/localEnvironments';
import type { CommandHandlers } from '../contributions/commandIds';
import { pickFolder } from '../commands/pick';
import { plainText } from '../sentences/plainText';
import { readTextFile, registryUri } from '../state/flowFiles';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { localEnvironmentsOf, portOf, type LocalEnvironmentsStore } from './localEnvironmentsStore';

type LocalCommands = Pick<CommandHandlers, 'pipebase.local.start' | 'pipebase.local.stop' | 'pipebase.local.reset'>;

export function localCommands(store: WorkspaceStore, local: LocalEnvironmentsStore): LocalCommands {
  return {
    'pipebase.local.start': async () => {
      const folder = await folderForLocal(store);
      if (folder) {
        await startLocalEnvironments(folder, store, local);
      }
    },
    'pipebase.local.stop': async () => {
      const folder = await pickFolder(store);
      if (folder) {
        await local.stop(folder, store);
      }
    },
    'pipebase.local.reset': async () => {
      const folder = await pickFolder(store);
      if (folder && (await confirmReset(folder))) {
        await resetLocalEnvironments(folder, local);
      }
    },
  };
}

async function folderForLocal(store: WorkspaceStore): Promise<StoredFolder | undefined> {
  if (!workspace.isTrusted) {
    void window.showWarningMessage(
      'Local environments are not started in Restricted Mode. Trust this workspace first.',
    );
    return undefined;
  }
  return pickFolder(store);
}

/** Starts them, writes a `pipebase.yaml` where there is none, and says plainly what they are. */
export async function startLocalEnvironments(
  folder: StoredFolder,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<void> {
  const ready = folder.state.registry ? folder : await writeRegistry(folder, store);
  if (!ready) {
    return;
  }
  if (localEnvironmentsOf(ready).length === 0) {
    void window.showWarningMessage(
      'pipebase.yaml has no environment on this machine, so there is nothing to start. Give one a URL such as http://localhost:8181.',
    );
    return;
  }
  const states = await local.start(ready, store);
  const mended = await offerOtherPorts(ready, states);
  if (mended) {
    await ready.store.reload();
    await startLocalEnvironments(fresh(ready, store), store, local);
    return;
  }
  sayStarted(ready, states);
}

/** Starts them again after a reload of the window, without a word unless something is wrong. */
export async function restoreLocalEnvironments(
  folder: StoredFolder,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<void> {
  if (!workspace.isTrusted || local.isRunning(folder) || !local.isWanted(folder) || !folder.state.registry) {
    return;
  }
  const states = await local.start(folder, store);
  // Nobody waits for the answer: what needs no local environment works meanwhile.
  void moveFromTakenPorts(folder, states, store, local).catch((error: unknown) => {
    void window.showErrorMessage(`The local environments could not be started on other ports: ${String(error)}`);
  });
}

async function moveFromTakenPorts(
  folder: StoredFolder,
  states: ReadonlyMap<string, LocalEnvironmentState>,
  store: WorkspaceStore,
  local: LocalEnvironmentsStore,
): Promise<void> {
  if (await offerOtherPorts(folder, states)) {
    await folder.store.reload();
    await local.start(fresh(folder, store), store);
  }
}

function fresh(folder: StoredFolder, store: WorkspaceStore): StoredFolder {
  return store.folder(folder.state.folder) ?? folder;
}

async function writeRegistry(folder: StoredFolder, store: WorkspaceStore): Promise<StoredFolder | undefined> {
  const ports = await chooseLocalPorts();
  const environments = ports.map(({ id, port }, index) => {
    const next = ports[index + 1]?.id;
    return { id, url: `http://localhost:${String(port)}`, ...(next === undefined ? {} : { promotesTo: next }) };
  });
  const uri = registryUri(folder.folder);
  try {
    // 'wx': a file that appeared meanwhile is not overwritten.
    await writeFile(uri.fsPath, localRegistryTemplate(environments), { encoding: 'utf8', flag: 'wx' });
  } catch (error) {
    void window.showErrorMessage(`pipebase.yaml could not be written to ${uri.fsPath}: ${String(error)}`);
    return undefined;
  }
  await folder.store.reload();
  return fresh(folder, store);
}

interface PortMove {
  readonly id: string;
  /** The URL whose port is taken. */
  readonly from: string;
  readonly port: number;
}

/** True where pipebase.yaml was changed, at the person's word, to name ports that are free. */
async function offerOtherPorts(
  folder: StoredFolder,
  states: ReadonlyMap<string, LocalEnvironmentState>,
): Promise<boolean> {
  const blocked = localEnvironmentsOf(folder).filter(({ id }) => {
    const state = states.get(id);
    return state?.kind === 'port-in-use' && state.heldBy === 'another-program';
  });
  if (blocked.length === 0) {
    return false;
  }
  const taken = new Set(localEnvironmentsOf(folder).map(portOf));
  const moves: PortMove[] = [];
  for (const { id, url } of blocked) {
    const port = await findFreePort(8181, taken);
    taken.add(port);
    moves.push({ id, from: url, port });
  }
  const busy = blocked.map((environment) => `${environment.label} (port ${String(portOf(environment))})`).join(', ');
  const use = moves.length === 1 ? `Use Port ${String(moves[0]?.port)}` : 'Use Other Ports';
  const answer = await window.showWarningMessage(
    `Another program uses the port of ${plainText(busy)}, so no local environment was started there. Pipebase can change pipebase.yaml to ${moves.map(({ id, port }) => `${id}: ${String(port)}`).join(', ')}.`,
    use,
  );
  return answer === use && changePorts(folder, moves);
}

/** Touches only what the question was about, in a file that nobody else is editing. */
async function changePorts(folder: StoredFolder, moves: readonly PortMove[]): Promise<boolean> {
  const uri = registryUri(folder.folder);
  const isUnsaved = workspace.textDocuments.some((one) => one.isDirty && one.uri.toString() === uri.toString());
  const file = await readTextFile(uri);
  if (isUnsaved || file.kind !== 'text') {
    void window.showWarningMessage('pipebase.yaml was not changed: it has unsaved edits, or it cannot be read.');
    return false;
  }
  const now = parseRegistry(file.text, file.file);
  let text = file.text;
  for (const { id, from, port } of moves) {
    const isAsItWas = now.environments.find((environment) => environment.id === id)?.url === from;
    const edit = isAsItWas
      ? setEnvironmentUrl(text, id, `http://localhost:${String(port)}`)
      : ({ kind: 'refused', message: `pipebase.yaml was not changed: the URL of ${id} is another by now.` } as const);
    if (edit.kind === 'refused') {
      void window.showWarningMessage(edit.message);
      return false;
    }
    text = edit.text;
  }
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return true;
}

function sayStarted(folder: StoredFolder, states: ReadonlyMap<string, LocalEnvironmentState>): void {
  const labels = localEnvironmentsOf(folder)
    .filter(({ id }) => states.get(id)?.kind === 'started')
    .map(({ label }) => label);
  const failures = [...states].flatMap(([id, state]) => (state.kind === 'failed' ? [`${id}: ${state.reason}`] : []));
  if (failures.length > 0) {
    void window.showErrorMessage(`Local environments could not be started: ${failures.join('; ')}`);
  }
  const elsewhere = localEnvironmentsOf(folder).filter(({ id }) => {
    const state = states.get(id);
    return state?.kind === 'port-in-use' && state.heldBy === 'another-window';
  });
  if (elsewhere.length > 0) {
    const names = elsewhere.map(({ label }) => label).join(', ');
    void window.showInformationMessage(`Running in another window of this folder already: ${names}.`);
  }
  if (labels.length === 0) {
    return;
  }
  const message = `Local environments are running: ${plainText(labels.join(', '))}. They store and check flows; they do not run Camel.`;
  void window.showInformationMessage(message, 'Open Promotion Matrix').then((answer) => {
    if (answer !== undefined) {
      void commands.executeCommand('pipebase.matrix.open');
    }
  });
}

async function confirmReset(folder: StoredFolder): Promise<boolean> {
  const labels = localEnvironmentsOf(folder)
    .map(({ label }) => label)
    .join(', ');
  const answer = await window.showWarningMessage(
    'Reset the local environments?',
    { modal: true, detail: `Every flow deployed to ${labels} on this machine is removed there. Your files are kept.` },
    'Reset',
  );
  return answer === 'Reset';
}

async function resetLocalEnvironments(folder: StoredFolder, local: LocalEnvironmentsStore): Promise<void> {
  try {
    await local.reset(folder);
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
