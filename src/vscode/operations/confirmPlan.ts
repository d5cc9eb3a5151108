import type { OperationPlan } from '../../core/operations/types';
import { confirmation } from '../sentences/confirmation';
import { confirmModal } from './confirmModal';

/** Asks before a change that is protected or cannot be undone. */
export async function confirmPlan(plan: OperationPlan): Promise<boolean> {
  return confirmModal(confirmation(plan));
}
