import { window } from 'vscode';
import type { OperationPlan } from '../../core/operations/types';
import { confirmation } from '../sentences/confirmation';
import type { FolderStore } from '../state/folderStore';
import { qualified } from './qualified';

/** Asks before a change that is protected or cannot be undone; closing the question means no. */
export async function confirmPlan(plan: OperationPlan, store: FolderStore): Promise<boolean> {
  const { message, detail, button } = confirmation({ ...plan, target: qualified(plan.target, store) });
  return (await window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}
