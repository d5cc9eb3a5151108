import { window, workspace } from 'vscode';
import type { CommandHandlers } from '../contributions/commandIds';
import { pickFolder } from '../commands/pick';
import { plainText } from '../sentences/plainText';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { localEnvironmentsOf, type LocalEnvironmentsStore } from './localEnvironmentsStore';
import { startLocalEnvironments } from './startLocalEnvironments';

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
  const folder = await pickFolder(store);
  if (!folder) {
    void window.showInformationMessage('Open the folder that holds your Camel flows first.');
  }
  return folder;
}

async function confirmReset(folder: StoredFolder): Promise<boolean> {
  const labels = localEnvironmentsOf(folder)
    .map(({ label }) => label)
    .join(', ');
  const detail = `Every flow deployed to ${labels} on this machine is removed there. Your files are kept.`;
  const answer = await window.showWarningMessage(
    'Reset the local environments?',
    { modal: true, detail: plainText(detail) },
    'Reset',
  );
  return answer === 'Reset';
}

async function resetLocalEnvironments(folder: StoredFolder, local: LocalEnvironmentsStore): Promise<void> {
  try {
    await local.reset(folder);
  } catch (error) {
    void window.showErrorMessage(plainText(error instanceof Error ? error.message : String(error)));
  }
}
