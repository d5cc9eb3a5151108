import { window, workspace } from 'vscode';
import { environmentLabelOf } from '../../core/promotion/promotionState';
import type { CommandHandlers } from '../contributions/commandIds';
import { commandTarget } from '../commands/commandTarget';
import { pickFolder } from '../commands/pick';
import { plainText } from '../sentences/plainText';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { localEnvironmentsOf, type LocalEnvironmentsStore } from './localEnvironmentsStore';
import { startLocalEnvironments } from './startLocalEnvironments';

type LocalCommands = Pick<CommandHandlers, 'pipebase.local.start' | 'pipebase.local.stop' | 'pipebase.local.reset'>;

export function localCommands(store: WorkspaceStore, local: LocalEnvironmentsStore): LocalCommands {
  return {
    'pipebase.local.start': async (argument) => {
      const folder = await folderForLocal(argument, store);
      if (folder) {
        await startLocalEnvironments(folder, store, local);
      }
    },
    'pipebase.local.stop': async () => {
      const folder = await pickFolder(store);
      if (folder) {
        sayStopped(folder, await local.stop(folder, store));
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

async function folderForLocal(argument: unknown, store: WorkspaceStore): Promise<StoredFolder | undefined> {
  if (!workspace.isTrusted) {
    void window.showWarningMessage(
      'Local environments are not started in Restricted Mode. Trust this workspace first.',
    );
    return undefined;
  }
  return (await commandTarget(argument, store))?.folder ?? (await pickFolder(store));
}

function sayStopped({ state }: StoredFolder, ids: readonly string[]): void {
  const labels = ids.map((id) => environmentLabelOf(state, id)).join(', ');
  const message = labels === '' ? 'No local environment runs in this window.' : `Stopped: ${labels}.`;
  void window.showInformationMessage(plainText(message));
}

async function confirmReset(folder: StoredFolder): Promise<boolean> {
  const labels = labelsOf(folder);
  if (labels === '') {
    void window.showInformationMessage(
      folder.state.registry
        ? 'pipebase.yaml has no environment on this machine, so there is nothing to reset.'
        : 'This folder has no pipebase.yaml and no local environments, so there is nothing to reset.',
    );
    return false;
  }
  const detail = `Every flow deployed to ${labels} on this machine is removed there. Your files are kept.`;
  const answer = await window.showWarningMessage(
    'Reset the local environments?',
    { modal: true, detail: plainText(detail) },
    'Reset',
  );
  return answer === 'Reset';
}

function labelsOf(folder: StoredFolder): string {
  return localEnvironmentsOf(folder)
    .map(({ label }) => label)
    .join(', ');
}

async function resetLocalEnvironments(folder: StoredFolder, local: LocalEnvironmentsStore): Promise<void> {
  try {
    await local.reset(folder);
    void window.showInformationMessage(plainText(`Reset: ${labelsOf(folder)}.`));
  } catch (error) {
    void window.showErrorMessage(plainText(error instanceof Error ? error.message : String(error)));
  }
}
