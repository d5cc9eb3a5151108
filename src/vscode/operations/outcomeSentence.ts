import type { OperationResult } from '../../core/operations/types';
import type { GateReason, Operation } from '../../core/promotion/gate';
import { environmentLabelOf, environmentOf, flowNameOf, flowOf } from '../../core/promotion/promotionState';
import { gateSentence } from '../sentences/gateSentence';
import { localSentence } from '../sentences/localSentence';
import { failureSentence, successSentence, unknownSentence } from '../sentences/resultSentence';
import { localPlaceOf, type FolderState } from '../state/folderState';
import type { FolderStore } from '../state/folderStore';
import { qualified, qualifiedText } from './qualified';

/** What became of an operation, to what, and what to do. Undefined where it was cancelled: then there is nothing to say. */
export function outcomeSentence(
  result: OperationResult,
  operation: Operation,
  flowId: string,
  store: FolderStore,
): string | undefined {
  const { state } = store;
  const known = flowOf(state, flowId);
  const flow = flowNameOf(state, flowId);
  const label = (id: string): string => qualifiedText(environmentLabelOf(state, id), store);
  const target = 'target' in result ? qualified(result.target, store).label : '';
  switch (result.outcome) {
    case 'cancelled':
      return undefined;
    case 'succeeded': {
      const from = operation.kind === 'promote' ? environmentLabelOf(state, operation.from) : undefined;
      return successSentence(operation.kind, flow, target, { from, hasFile: known !== undefined });
    }
    case 'refused':
      return unreachableLocally(result.reason, state, label) ?? gateSentence(result.reason, flow, label);
    case 'failed':
      return failureSentence(operation.kind, flow, target, result.reason);
    case 'unknown':
      return unknownSentence(operation.kind, flow, target, result.reason);
  }
}

function unreachableLocally(
  reason: GateReason,
  state: FolderState,
  label: (environmentId: string) => string,
): string | undefined {
  const environment = reason.kind === 'unreachable' ? environmentOf(state, reason.environment) : undefined;
  if (reason.kind !== 'unreachable' || !environment) {
    return undefined;
  }
  const own = localSentence(reason.reason, localPlaceOf(state, environment));
  return own && `${label(environment.id)} cannot be used now. ${own}`;
}
