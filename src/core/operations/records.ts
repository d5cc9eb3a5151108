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

/** The append-only log and the content store behind it. */
export interface Records {
  /** Keeps a line; resolves once it is on disk. */
  append(record: OperationRecord): Promise<void>;
  /** Keeps the YAML sent, once per content. */
  keepContent(sha256: string, yaml: string): Promise<void>;
}

/** What the log says about one flow in one environment. */
export interface CellMemory {
  /** The last deploy from here that was confirmed, where no later undeploy was. */
  readonly last?: EndedRecord;
  /** Later writes that were begun, and whose outcome is not known; oldest first. */
  readonly pending: readonly OperationRecord[];
}

export const nothingRemembered: CellMemory = { pending: [] };

/** The log, folded: per cell the last known deployment, per environment the hash form that matched last. */
export class DeploymentMemory {
  private readonly cells = new Map<string, CellMemory>();
  private readonly variants = new Map<string, HashVariant>();
  private count = 0;

  /** Grows with every line: what was derived from fewer of them is out of date. */
  get version(): number {
    return this.count;
  }

  /** Takes the log's lines in order. */
  add(record: OperationRecord): void {
    this.count++;
    const key = cellKey(record.folder, record.environment, record.origin, record.flow);
    const known = this.cells.get(key) ?? nothingRemembered;
    this.cells.set(key, remembered(known, record));
    if (record.phase === 'ended' && record.variant) {
      this.variants.set(environmentKey(record.folder, record.environment, record.origin), record.variant);
    }
  }

  cell(folder: string, environment: string, origin: string, flow: string): CellMemory {
    return this.cells.get(cellKey(folder, environment, origin, flow)) ?? nothingRemembered;
  }

  variant(folder: string, environment: string, origin: string): HashVariant | undefined {
    return this.variants.get(environmentKey(folder, environment, origin));
  }
}

function remembered(known: CellMemory, record: OperationRecord): CellMemory {
  const others = known.pending.filter(({ id }) => id !== record.id);
  if (record.phase === 'started') {
    return { ...known, pending: [...others, record] };
  }
  switch (record.outcome) {
    case 'succeeded':
      return record.action === 'undeploy' ? nothingRemembered : { last: record, pending: [] };
    case 'unknown':
      return { ...known, pending: [...others, record] };
    case 'failed':
    case 'cancelled':
      return { ...known, pending: others };
  }
}

/** Joined by a character that no id and no URI holds: asked for once per cell, so it has to be cheap. */
function environmentKey(folder: string, environment: string, origin: string): string {
  return `${folder}\0${environment}\0${origin}`;
}

function cellKey(folder: string, environment: string, origin: string, flow: string): string {
  return `${folder}\0${environment}\0${origin}\0${flow}`;
}
