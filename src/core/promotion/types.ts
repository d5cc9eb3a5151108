import type { DeployedFlow, RuntimeErrorKind, RuntimeHealth } from '../ports';

/** Why an environment gave no usable answer: every error kind that a read can end in. */
export type UnreachableReason = Exclude<RuntimeErrorKind, 'cancelled'>;

/** What a runtime holds of one flow, compared with the workspace (PROMOTION-MODEL: state of a flow). */
export type CellState =
  | { readonly state: 'in-sync'; readonly by: 'hash' | 'record' }
  | { readonly state: 'stale'; readonly reason: 'yaml' | 'parameters' | 'remote' | 'both' }
  | { readonly state: 'not-deployed' }
  | { readonly state: 'unreachable'; readonly reason: UnreachableReason; readonly detail?: string }
  | { readonly state: 'unknown'; readonly reason: Exclude<UnknownReason, 'write-outcome-unread'> }
  | { readonly state: 'unknown'; readonly reason: 'write-outcome-unread'; readonly unreachable: UnreachableReason };

/**
 * - `not-read`: nothing was asked yet
 * - `no-routes`: listed, and none of its routes runs there
 * - `no-hash`, `hash-not-recognised`: deployed, but the runtime gives nothing to compare with
 * - `unresolved-parameters`: a value that belongs into the YAML is missing here, or is a secret that is read only when it
 *   is sent and was not sent from here: what would be sent is not known
 * - `not-in-workspace`: deployed, and the workspace has no such flow
 * - `write-outcome`: the runtime answers, but whether it has our last parameters cannot be told
 * - `write-outcome-unread`: a write's outcome is not known, and the runtime does not answer now
 */
export type UnknownReason =
  | 'not-read'
  | 'no-routes'
  | 'no-hash'
  | 'hash-not-recognised'
  | 'unresolved-parameters'
  | 'not-in-workspace'
  | 'write-outcome'
  | 'write-outcome-unread';

export type CellStateName = CellState['state'];

export type FlowStatus = 'healthy' | 'warning' | 'failed' | 'draft' | 'partial';

/** The last answer of an environment. `not-read`: nothing was asked yet. Times are milliseconds since 1970. */
export type EnvironmentReading = { readonly kind: 'not-read' } | GoodReading | FailedReading;

export interface GoodReading {
  readonly kind: 'read';
  readonly at: number;
  readonly flows: ReadonlyMap<string, DeployedFlow>;
  /** Absent where the health call failed though the list came. */
  readonly health?: RuntimeHealth;
  /** Why it is absent. */
  readonly healthFailure?: UnreachableReason;
}

export interface FailedReading {
  readonly kind: 'failed';
  readonly at: number;
  readonly reason: UnreachableReason;
  readonly detail?: string;
  /** The last answer before, to be shown as such: nothing is decided by it. */
  readonly last?: GoodReading;
}
