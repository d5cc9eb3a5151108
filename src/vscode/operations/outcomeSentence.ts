import type { OperationResult } from '../../core/operations/types';
import type { Operation } from '../../core/promotion/gate';
import { environmentOf, flowOf } from '../../core/promotion/promotionState';
import { gateSentence } from '../sentences/gateSentence';
import { failureSentence, successSentence, unknownSentence } from '../sentences/resultSentence';
import type { FolderStore } from '../state/folderStore';

/** What became of an operation, to what, and what to do. Undefined where it was cancelled: then there is nothing to say. */
export function outcomeSentence(
  result: OperationResult,
  operation: Operation,
  flowId: string,
  { state }: FolderStore,
): string | undefined {
  const known = flowOf(state, flowId);
  const flow = known?.displayName ?? flowId;
  const label = (id: string): string => environmentOf(state, id)?.label ?? id;
  switch (result.outcome) {
    case 'cancelled':
      return undefined;
    case 'succeeded': {
      const from = operation.kind === 'promote' ? label(operation.from) : undefined;
      return successSentence(operation.kind, flow, result.target.label, { from, hasFile: known !== undefined });
    }
    case 'refused':
      return gateSentence(result.reason, flow, label);
    case 'failed':
      return failureSentence(operation.kind, flow, result.target.label, result.reason);
    case 'unknown':
      return unknownSentence(operation.kind, flow, result.target.label, result.reason);
  }
}
