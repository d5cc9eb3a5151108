import { window, workspace } from 'vscode';
import { environmentLabelOf } from '../../core/promotion/promotionState';
import type { CommandHandlers } from '../contributions/commandIds';
import { commandTarget } from '../commands/commandTarget';
import { pickFolder } from '../commands/pick';
import { confirmModal } from '../operations/confirmModal';
import { qualifiedText } from '../operations/qualified';
import { showLog, tell } from '../operations/tell';
import { failureSentences } from '../sentences/failureSentences';
import { plainText } from '../sentences/plainText';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import type { LocalEnvironmentsStore } from './localEnvironmentsStore';
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
      if (folder && (await confirmReset(folder, local))) {
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

function sayStopped(folder: StoredFolder, ids: readonly string[]): void {
  const labels = labelsOf(folder, ids);
  const stopped = `${qualifiedText('Stopped', folder.store)}: ${labels}.`;
  const message = labels === '' ? 'No local environment runs in this window.' : stopped;
  void window.showInformationMessage(plainText(message));
}

async function confirmReset(folder: StoredFolder, local: LocalEnvironmentsStore): Promise<boolean> {
  const labels = labelsOf(folder, local.resettable(folder));
  if (labels === '') {
    void window.showInformationMessage(
      folder.state.registry
        ? 'pipebase.yaml has no environment on this machine, so there is nothing to reset.'
        : 'This folder has no pipebase.yaml and no local environments, so there is nothing to reset.',
    );
    return false;
  }
  return confirmModal({
    message: `${qualifiedText('Reset the local environments', folder.store)}?`,
    detail: `Every flow deployed to ${labels} on this machine is removed there. Your files are kept.`,
    button: 'Reset',
  });
}

function labelsOf({ state }: StoredFolder, ids: readonly string[]): string {
  return ids.map((id) => environmentLabelOf(state, id)).join(', ');
}

/** One message for all: those that were reset, and each that was not, with its reason. */
async function resetLocalEnvironments(folder: StoredFolder, local: LocalEnvironmentsStore): Promise<void> {
  const asked = local.resettable(folder);
  const failures = await local.reset(folder);
  const done = labelsOf(
    folder,
    asked.filter((id) => !failures.has(id)),
  );
  const success = done === '' ? '' : `${qualifiedText('Reset', folder.store)}: ${done}.`;
  if (failures.size === 0) {
    tell(window.showInformationMessage, success);
    return;
  }
  const failed = `${success === '' ? 'Local environments could not be reset' : 'Not reset'}: ${failureSentences(failures)}`;
  tell(window.showErrorMessage, [success, failed].filter(Boolean).join(' '), [showLog]);
}
