import { displayText } from '../displayText';
import type { Operation, Situation } from '../promotion/gate';
import type { CellState } from '../promotion/types';
import type { Environment } from '../registry/types';
import type { FlowContent } from './flowContent';
import type { OperationPlan, PlanWarning } from './types';

/** What an operation would do, for a person to read. The gate has allowed it already. */
export function planOperation(
  operation: Operation,
  target: Environment,
  situation: Situation,
  content: FlowContent | undefined,
): OperationPlan {
  const before = situation.cell(target.id);
  const source = operation.kind === 'promote' ? situation.environment(operation.from) : undefined;
  const warnings = planWarnings(operation, situation, before, content);
  return {
    operation,
    flowId: situation.flowId,
    flowName: situation.flow?.displayName ?? displayText(situation.flowId),
    target,
    ...(source ? { source } : {}),
    before,
    parameterNames: content?.parameterNames ?? [],
    warnings,
    needsConfirmation: target.isProtected || warnings.length > 0,
  };
}

function planWarnings(
  operation: Operation,
  situation: Situation,
  before: CellState,
  content: FlowContent | undefined,
): readonly PlanWarning[] {
  if (operation.kind === 'undeploy') {
    return situation.flow ? [] : [{ kind: 'not-in-workspace' }];
  }
  const warnings: PlanWarning[] = [];
  if (content && content.missingKeys.length > 0) {
    warnings.push({ kind: 'missing-parameters', keys: content.missingKeys });
  }
  if (before.state === 'stale' && (before.reason === 'remote' || before.reason === 'both')) {
    warnings.push({ kind: 'overwrites-remote' });
  }
  return warnings;
}
