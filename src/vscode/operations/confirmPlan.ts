import { window } from 'vscode';
import type { OperationPlan } from '../../core/operations/types';
import { confirmation } from '../sentences/confirmation';

/** Asks before a change that is protected or cannot be undone; closing the question means no. */
export async function confirmPlan(plan: OperationPlan): Promise<boolean> {
  const { message, detail, button } = confirmation(plan);
  return (await window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}
