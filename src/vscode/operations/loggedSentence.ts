import { effectiveParameters } from '../../core/parameters/effectiveParameters';
import type { OperationResult } from '../../core/operations/types';
import type { Operation } from '../../core/promotion/gate';
import { flowOf } from '../../core/promotion/promotionState';
import type { Environment, ParameterDefinition } from '../../core/registry/types';
import { redactText } from '../../runtime/redactText';
import type { FolderStore } from '../state/folderStore';
import { outcomeSentence } from './outcomeSentence';

/**
 * What the log says of an operation that did not succeed: what the person is told, without any parameter's value
 * (decided). Undefined where it succeeded or was cancelled.
 */
export function loggedSentence(
  result: OperationResult,
  operation: Operation,
  flowId: string,
  store: FolderStore,
): string | undefined {
  return result.outcome === 'succeeded'
    ? undefined
    : outcomeSentence(withoutValues(result, flowId, store), operation, flowId, store);
}

/** The runtime's words come without tokens and secrets; they may repeat the other values that were sent. */
function withoutValues(result: OperationResult, flowId: string, store: FolderStore): OperationResult {
  if (result.outcome !== 'failed' || result.reason.kind !== 'runtime' || result.reason.detail === undefined) {
    return result;
  }
  const detail = redactText(result.reason.detail, sentValues(flowId, result.target, store));
  return { ...result, reason: { ...result.reason, detail } };
}

function sentValues(flowId: string, environment: Environment, { state }: FolderStore): readonly string[] {
  const flow = flowOf(state, flowId);
  if (!flow || !state.registry) {
    return [];
  }
  const parameters = effectiveParameters(state.registry, flow, environment);
  return [...parameters.values()].flatMap(({ definition }) => piecesOf(valueOf(definition) ?? '')).filter(isTelling);
}

function valueOf(definition: ParameterDefinition): string | undefined {
  switch (definition.kind) {
    case 'text':
      return definition.text;
    case 'env':
      return process.env[definition.variable];
    case 'secret':
      return undefined;
  }
}

/** A value, and what stands between the placeholders in it: what they stand for is a value of its own. */
function piecesOf(value: string): readonly string[] {
  const pieces = value.split(/\{\{.*?\}\}/s).filter((piece) => /[\p{L}\p{N}]{2}/u.test(piece));
  return [value, ...pieces];
}

/** A number in a runtime's words is as a rule a line or a column, which the log is read for (decided). */
function isTelling(value: string): boolean {
  return !/^\d*$/.test(value);
}
