import { commands, window, type LogOutputChannel } from 'vscode';
import { environmentOf } from '../../core/promotion/promotionState';
import type { SecretStore } from '../adapters/secretStore';
import type { CommandHandlers } from '../contributions/commandIds';
import { localCommands } from '../local/localCommands';
import type { LocalEnvironmentsStore } from '../local/localEnvironmentsStore';
import type { OperationParts } from '../operations/executeOperation';
import { registryUri } from '../state/flowFiles';
import type { WorkspaceStore } from '../state/workspaceStore';
import type { MatrixPanel } from '../views/matrixPanel';
import { toRange } from '../views/publishFaults';
import { commandTarget } from './commandTarget';
import type { EnvironmentBelongings } from './environmentBelongings';
import { environmentCommands } from './environmentCommands';
import { environmentTarget } from './environmentTarget';
import { flowCommands } from './flowCommands';
import { newFlow } from './newFlow';
import { openFlow } from './openFlow';
import { pickFlow, pickFolder } from './pick';
import { requireRegistry, sayNoFolder } from './premises';
import { clearDeployToken, setDeployToken } from './setDeployToken';
import { setMissingToken } from './setMissingToken';
import { setSecretParameter } from './setSecretParameter';

export interface CommandParts {
  readonly store: WorkspaceStore;
  readonly secrets: SecretStore;
  readonly local: LocalEnvironmentsStore;
  readonly operations: OperationParts;
  readonly belongings: EnvironmentBelongings;
  readonly panel: MatrixPanel;
  readonly log: LogOutputChannel;
}

/** Every command's doing, complete: one that is missing here does not compile. */
export function appCommands({
  store,
  secrets,
  local,
  operations,
  belongings,
  panel,
  log,
}: CommandParts): CommandHandlers {
  return {
    ...flowCommands(store, operations),
    ...localCommands(store, local),
    ...environmentCommands(store, belongings),
    'pipebase.flow.new': (argument) => newFlow(argument, store),
    'pipebase.flow.openYaml': (argument) => openFlow(argument, store),
    'pipebase.flow.showFaults': async (argument) => {
      await openFlow(argument, store);
      await commands.executeCommand('workbench.actions.view.problems');
    },
    'pipebase.flow.openMatrix': async (argument) => {
      const named = await commandTarget(argument, store);
      const target = named?.flow === undefined ? await pickFlow(store, 'Promotion Matrix of Which Flow?') : named;
      if (target?.flow !== undefined) {
        panel.show({ kind: 'flow', folder: target.folder.state.folder, flow: target.flow });
      }
    },
    'pipebase.matrix.open': async () => {
      await store.ready();
      panel.show({ kind: 'all' });
    },
    // VS Code hands the title of a view the focused row: it is not what the person means by the title.
    'pipebase.environments.refresh': () => refreshAll(store),
    'pipebase.environments.setToken': () => setMissingToken(store, secrets),
    'pipebase.environment.refresh': (argument) => refreshEnvironment(argument, store),
    'pipebase.environment.setToken': (argument) => setDeployToken(argument, store, secrets),
    'pipebase.environment.clearToken': (argument) => clearDeployToken(argument, store, secrets),
    'pipebase.environment.openInRegistry': (argument) => openInRegistry(argument, store),
    'pipebase.parameter.setSecret': (argument) => setSecretParameter(argument, store, secrets),
    'pipebase.log.show': async () => {
      log.show();
      return Promise.resolve();
    },
  };
}

/** The files are read again, too. */
async function refreshAll(store: WorkspaceStore): Promise<void> {
  await store.ready();
  if (store.folders.length === 0) {
    sayNoFolder();
  }
  await Promise.all(store.folders.map(({ store: folder }) => folder.reload()));
  await store.readAll();
}

async function refreshEnvironment(argument: unknown, store: WorkspaceStore): Promise<void> {
  const target = await environmentTarget(argument, store, 'Refresh Environment');
  await target?.folder.store.read(target.environment.id, { force: true });
}

async function openInRegistry(argument: unknown, store: WorkspaceStore): Promise<void> {
  const named = await commandTarget(argument, store);
  const folder = named?.folder ?? (await pickFolder(store));
  if (!folder || !requireRegistry(folder)) {
    return;
  }
  const environment = named?.environment === undefined ? undefined : environmentOf(folder.state, named.environment);
  const selection = environment && toRange(environment.range);
  await window.showTextDocument(registryUri(folder.folder), selection ? { selection } : {});
}
