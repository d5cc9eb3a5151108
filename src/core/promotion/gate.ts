import type { Flow } from '../flows/types';
import type { Action } from '../operations/records';
import type { Environment } from '../registry/types';
import type { Fault } from '../source';
import type { CellState, UnreachableReason } from './types';

/** What a person wants done with one flow. Environments by their ids. */
export type Operation =
  | { readonly kind: 'deploy'; readonly environment: string }
  | { readonly kind: 'promote'; readonly from: string }
  | { readonly kind: 'undeploy'; readonly environment: string };

/** Everything that the gate looks at: the state of one flow, as last read. */
export interface Situation {
  readonly isTrusted: boolean;
  readonly flowId: string;
  /** Undefined for a flow that a runtime has and the workspace does not. */
  readonly flow: Flow | undefined;
  environment(id: string): Environment | undefined;
  cell(environmentId: string): CellState;
  /** The operation under way on this flow there. */
  running(environmentId: string): Action | undefined;
}

export type GateReason =
  | { readonly kind: 'restricted' }
  | { readonly kind: 'no-such-environment'; readonly environment: string }
  | { readonly kind: 'no-such-flow' }
  | { readonly kind: 'illegal-id' }
  | { readonly kind: 'duplicate-id' }
  | { readonly kind: 'faulty-flow'; readonly fault: Fault | undefined }
  | { readonly kind: 'not-read'; readonly environment: string }
  | { readonly kind: 'unreachable'; readonly environment: string; readonly reason: UnreachableReason }
  | { readonly kind: 'busy'; readonly environment: string; readonly action: Action }
  | { readonly kind: 'no-target'; readonly environment: string }
  | { readonly kind: 'on-cycle'; readonly chain: readonly string[] }
  | { readonly kind: 'not-in-sync'; readonly environment: string; readonly cell: CellState }
  | { readonly kind: 'target-in-sync'; readonly environment: string }
  | { readonly kind: 'not-deployed'; readonly environment: string };

export type GateVerdict =
  | { readonly isAllowed: true; readonly target: Environment }
  | { readonly isAllowed: false; readonly reason: GateReason };

/**
 * Whether an operation may run: the one decision behind every button, command and write (PROMOTION-MODEL: operations).
 * Total over operation × situation.
 */
export function gate(operation: Operation, situation: Situation): GateVerdict {
  if (!situation.isTrusted) {
    return refused({ kind: 'restricted' });
  }
  const named = operation.kind === 'promote' ? operation.from : operation.environment;
  const environment = situation.environment(named);
  if (!environment) {
    return refused({ kind: 'no-such-environment', environment: named });
  }
  switch (operation.kind) {
    case 'deploy':
      return verdict(environment, flowReason(situation) ?? reachReason(environment.id, situation));
    case 'promote':
      return gatePromotion(environment, situation);
    case 'undeploy':
      return verdict(environment, undeployReason(environment.id, situation));
  }
}

function gatePromotion(source: Environment, situation: Situation): GateVerdict {
  if (source.promotesTo === undefined) {
    return refused({ kind: 'no-target', environment: source.id });
  }
  if (source.cycle) {
    return refused({ kind: 'on-cycle', chain: source.cycle });
  }
  const target = situation.environment(source.promotesTo);
  if (!target) {
    return refused({ kind: 'no-such-environment', environment: source.promotesTo });
  }
  const reason =
    flowReason(situation) ??
    reachReason(source.id, situation) ??
    sourceReason(source.id, situation) ??
    reachReason(target.id, situation) ??
    targetReason(target.id, situation);
  return verdict(target, reason);
}

/** Why a flow can be deployed nowhere; undefined where nothing in the flow itself speaks against it. */
export function flowReason({ flow, flowId }: Pick<Situation, 'flow' | 'flowId'>): GateReason | undefined {
  if (!flow) {
    return { kind: 'no-such-flow' };
  }
  if (!flow.hasLegalId) {
    return { kind: 'illegal-id' };
  }
  if (flow.hasDuplicateId) {
    return { kind: 'duplicate-id' };
  }
  const fault = flow.faults.find(({ severity }) => severity === 'error');
  return flow.parsed.isDeployable && !fault && flow.id === flowId ? undefined : { kind: 'faulty-flow', fault };
}

function reachReason(environment: string, situation: Situation): GateReason | undefined {
  const action = situation.running(environment);
  if (action) {
    return { kind: 'busy', environment, action };
  }
  const cell = situation.cell(environment);
  if (cell.state === 'unreachable') {
    return { kind: 'unreachable', environment, reason: cell.reason };
  }
  if (cell.state === 'unknown' && cell.reason === 'not-read') {
    return { kind: 'not-read', environment };
  }
  if (cell.state === 'unknown' && cell.reason === 'write-outcome-unread') {
    return { kind: 'unreachable', environment, reason: cell.unreachable };
  }
  return undefined;
}

function sourceReason(environment: string, situation: Situation): GateReason | undefined {
  const cell = situation.cell(environment);
  return cell.state === 'in-sync' ? undefined : { kind: 'not-in-sync', environment, cell };
}

function targetReason(environment: string, situation: Situation): GateReason | undefined {
  return situation.cell(environment).state === 'in-sync' ? { kind: 'target-in-sync', environment } : undefined;
}

function undeployReason(environment: string, situation: Situation): GateReason | undefined {
  const reason = reachReason(environment, situation);
  if (reason) {
    return reason;
  }
  return situation.cell(environment).state === 'not-deployed' ? { kind: 'not-deployed', environment } : undefined;
}

function verdict(target: Environment, reason: GateReason | undefined): GateVerdict {
  return reason ? refused(reason) : { isAllowed: true, target };
}

function refused(reason: GateReason): GateVerdict {
  return { isAllowed: false, reason };
}
