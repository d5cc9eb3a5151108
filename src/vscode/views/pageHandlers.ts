import { commands } from 'vscode';
import type { EmptyCommand } from '../../shared/matrixView';
import type { CommandId } from '../contributions/commandIds';
import type { OperationParts } from '../operations/executeOperation';
import { performOperation } from '../operations/performOperation';
import type { WorkspaceStore } from '../state/workspaceStore';
import type { PageHandlers } from './matrixPanel';

/** What the matrix page asks for is done as it is for every other view. */
export function pageHandlers(store: WorkspaceStore, operations: OperationParts): PageHandlers {
  return {
    refresh: () => run('pipebase.environments.refresh'),
    openYaml: (message) => run('pipebase.flow.openYaml', message),
    setToken: (message) => run('pipebase.environment.setToken', message),
    startLocal: (message) => run('pipebase.local.start', message),
    command: ({ command, folder }) => run(nextSteps[command], folder === undefined ? undefined : { folder }),
    intent: async ({ intent }) => {
      const folder = store.folder(intent.folder);
      if (folder) {
        await performOperation(intent, intent.flow, folder.store, operations);
      }
    },
  };
}

type VscodeCommand = 'workbench.trust.manage' | 'workbench.action.files.openFolder';

/** What an empty matrix offers. */
const nextSteps: Record<EmptyCommand, CommandId | VscodeCommand> = {
  startLocalEnvironments: 'pipebase.local.start',
  openRegistry: 'pipebase.environment.openInRegistry',
  newFlow: 'pipebase.flow.new',
  manageTrust: 'workbench.trust.manage',
  openFolder: 'workbench.action.files.openFolder',
  showAll: 'pipebase.matrix.open',
};

async function run(command: CommandId | VscodeCommand, argument?: unknown): Promise<void> {
  // A row's command that is given `undefined` takes it for a row that is not there any more.
  await commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}
