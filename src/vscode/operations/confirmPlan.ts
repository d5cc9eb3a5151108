import type { OperationPlan } from '../../core/operations/types';
import { confirmation } from '../sentences/confirmation';
import type { FolderStore } from '../state/folderStore';
import { confirmModal } from './confirmModal';
import { qualified } from './qualified';

/** Asks before a change that is protected or cannot be undone. */
export async function confirmPlan(plan: OperationPlan, store: FolderStore): Promise<boolean> {
  return confirmModal(confirmation({ ...plan, target: qualified(plan.target, store) }));
}
