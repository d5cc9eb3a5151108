import type { PutFlowAnswer, RuntimeClient, RuntimeErrorKind, Clock } from '../ports';
import type { GateReason, Operation, Situation } from '../promotion/gate';
import type { CellState, EnvironmentReading } from '../promotion/types';
import type { HashVariant } from '../promotion/contentHash';
import type { Environment } from '../registry/types';
import type { ParameterProblem } from '../parameters/types';
import type { FlowContent } from './flowContent';
import type { Sending } from './prepareSending';
import type { CellMemory } from './deploymentMemory';
import type { EndedRecord, Records } from './records';

/** The steps of an operation, in order, as a person is told of them. */
export type OperationStep = 'checking' | 'confirming' | 'sending' | 'verifying';

export type PlanWarning =
  | { readonly kind: 'missing-parameters'; readonly keys: readonly string[] }
  /** Somebody else deployed another version since our last deploy; it will be replaced. */
  | { readonly kind: 'overwrites-remote' }
  /** The runtime has the flow and the workspace does not: it could not be deployed again from here. */
  | { readonly kind: 'not-in-workspace' };

/** What will be sent where, and what a person should know before it is. */
export interface OperationPlan {
  readonly operation: Operation;
  readonly flowId: string;
  readonly flowName: string;
  readonly target: Environment;
  /** Of a promotion. */
  readonly source?: Environment;
  readonly before: CellState;
  readonly parameterNames: readonly string[];
  readonly warnings: readonly PlanWarning[];
  /** By the environment's policy and the warnings, never by the entry point. */
  readonly needsConfirmation: boolean;
}

export interface RuntimeFailure {
  readonly kind: 'runtime';
  readonly error: RuntimeErrorKind;
  readonly status?: number;
  /** Said by what stands in between, of a runtime that may still be at work. */
  readonly isFromGateway?: boolean;
  /** The runtime's own words. */
  readonly detail?: string;
}

/** Something here broke that should not have. */
export interface InternalFailure {
  readonly kind: 'internal';
  /** The error's name alone. */
  readonly detail: string;
}

/** Why an operation that was allowed did not succeed. */
export type FailureReason =
  | { readonly kind: 'parameters'; readonly problems: readonly ParameterProblem[] }
  | { readonly kind: 'changed-meanwhile' }
  | { readonly kind: 'log-not-written'; readonly detail: string }
  | InternalFailure
  | RuntimeFailure
  | { readonly kind: Missed };

/** What the read after a write shows in place of what was sent. */
export type Missed = 'not-listed' | 'no-routes' | 'old-version-runs' | 'still-listed';

/** Why nobody can tell. */
export type UncertainReason =
  | { readonly kind: 'cannot-read'; readonly error: string }
  /** pipebase.yaml names another runtime, or another way of promotion, since the request was sent. */
  | { readonly kind: 'target-changed' }
  | { readonly kind: 'no-hash' }
  /** The answer was lost, and the write was not there when read right after: it may be there later. */
  | { readonly kind: 'may-still-arrive'; readonly found: Missed }
  | { readonly kind: 'not-comparable' }
  /** Another window wrote it at the same time: whose parameters came last is not known. */
  | { readonly kind: 'other-write' };

export type OperationResult =
  | { readonly outcome: 'succeeded'; readonly target: Environment; readonly durationMs: number }
  | { readonly outcome: 'refused'; readonly reason: GateReason }
  /** Nothing was sent. */
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'failed'; readonly target: Environment; readonly reason: FailureReason }
  | { readonly outcome: 'unknown'; readonly target: Environment; readonly reason: UncertainReason };

/** What an operation needs around it; the folder and the flow are bound in. */
export interface OperationPorts {
  readonly folder: string;
  readonly clock: Clock;
  readonly records: Records;
  newId(): string;
  situation(): Situation;
  memory(environment: Environment): CellMemory;
  preferredVariant(environment: Environment): HashVariant | undefined;
  reading(environmentId: string): EnvironmentReading;
  /** Reads the environment afresh into the state. Never rejects: a failure is a reading, too. */
  read(environmentId: string, signal?: AbortSignal): Promise<void>;
  /** The content as it is on disk now. Undefined where the flow is gone. */
  content(environment: Environment): Promise<FlowContent | undefined>;
  /** The body with every value in it, read now. Undefined where the flow or the environment is gone. */
  sending(environment: Environment): Promise<Sending | undefined>;
  client(environment: Environment): RuntimeClient;
  /** False: the person said no. */
  confirm(plan: OperationPlan): Promise<boolean>;
  gitState(): Pick<EndedRecord, 'gitCommit' | 'isGitDirty'>;
  onStep(step: OperationStep): void;
  /** The operation has ended and its last line could not be kept. */
  onUnrecorded(detail: string): void;
}

/** What was written, as far as the answer told. `lost`: sent, and the answer does not say whether it happened. */
export type WriteAnswer =
  | { readonly kind: 'put'; readonly answer: PutFlowAnswer }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'lost'; readonly failure: RuntimeFailure | InternalFailure };
