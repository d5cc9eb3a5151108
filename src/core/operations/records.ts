import type { HashVariant } from '../promotion/contentHash';

export type Action = 'deploy' | 'promote' | 'undeploy';

/** `cancelled`: stopped before anything was sent. `unknown`: sent, and neither confirmed nor refuted by a read. */
export type Outcome = 'succeeded' | 'failed' | 'unknown' | 'cancelled';

/** What every line of the log tells. Parameter values are never in it. */
interface RecordBase {
  /** One per operation; joins its two lines. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When its request is given up without an answer, in the same milliseconds. Older logs do not tell. */
  readonly givenUpAt?: number;
  readonly action: Action;
  readonly folder: string;
  readonly flow: string;
  readonly environment: string;
  readonly origin: string;
  /** SHA-256 of the YAML on disk; absent for an undeploy. */
  readonly yamlSha256?: string;
  /** Keyed digest of the effective values sent. */
  readonly parameterDigest?: string;
  readonly parameterNames?: readonly string[];
  readonly hashBefore?: string;
}

/**
 * Written before the request, so that a window that dies between the write and its record does not leave a
 * record of older parameters that looks current.
 */
export interface StartedRecord extends RecordBase {
  readonly phase: 'started';
}

export interface EndedRecord extends RecordBase {
  readonly phase: 'ended';
  readonly outcome: Outcome;
  readonly hashAfter?: string;
  /** Which form of the content the runtime's hash turned out to be of. */
  readonly variant?: HashVariant;
  readonly gitCommit?: string;
  readonly isGitDirty?: boolean;
  readonly durationMs: number;
}

export type OperationRecord = StartedRecord | EndedRecord;

/** An environment got another id: what was sent to it from here was sent to the same one. */
export interface RenamedRecord {
  readonly phase: 'renamed';
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly folder: string;
  readonly environment: string;
  readonly newEnvironment: string;
}

/** One line of the log. */
export type LogRecord = OperationRecord | RenamedRecord;

/** The append-only log and the content store behind it. */
export interface Records {
  /** Keeps a line; resolves once it is on disk. */
  append(record: OperationRecord): Promise<void>;
  /** Keeps the YAML sent, once per content. */
  keepContent(sha256: string, yaml: string): Promise<void>;
}
