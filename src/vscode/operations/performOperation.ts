import type { OperationResult } from '../../core/operations/types';
import type { Operation } from '../../core/promotion/gate';
import { environmentLabelOf, flowNameOf } from '../../core/promotion/promotionState';
import { plainText } from '../sentences/plainText';
import { verbs } from '../sentences/verbs';
import type { FolderStore } from '../state/folderStore';
import { confirmPlan } from './confirmPlan';
import { executeOperation, operationTarget, type OperationParts } from './executeOperation';
import { qualifiedText } from './qualified';
import { reportResult } from './reportResult';
import { withLateProgress } from './withLateProgress';

/** Runs an operation on behalf of a person, whatever view it came from, with progress, question and outcome. */
export async function performOperation(
  operation: Operation,
  flowId: string,
  store: FolderStore,
  parts: OperationParts,
): Promise<OperationResult> {
  const result = await withLateProgress(progressTitle(operation, flowId, store), (signal, onStep) =>
    executeOperation(operation, flowId, store, parts, { signal, onStep, confirm: (plan) => confirmPlan(plan, store) }),
  );
  reportResult(result, operation, flowId, store);
  return result;
}

function progressTitle(operation: Operation, flowId: string, store: FolderStore): string {
  const targetId = operationTarget(operation, store);
  const flow = flowNameOf(store.state, flowId);
  const label = targetId === undefined ? 'nowhere' : environmentLabelOf(store.state, targetId);
  const { doing, direction } = verbs[operation.kind];
  return plainText(`${doing} ${flow} ${direction} ${qualifiedText(label, store)}`);
}
