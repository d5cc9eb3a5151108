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

/** What the log says about one flow in one environment. */
export interface CellMemory {
  /** The last deploy from here that was confirmed, where no later undeploy was. */
  readonly last?: EndedRecord;
  /** Later writes that were begun, and whose outcome is not known; oldest first. */
  readonly pending: readonly OperationRecord[];
}

export const nothingRemembered: CellMemory = { pending: [] };

/** What the log says about one environment at one origin. */
export interface EnvironmentMemory {
  /** By flow. */
  readonly cells: ReadonlyMap<string, CellMemory>;
  /** The hash form that matched last. */
  readonly variant?: HashVariant;
}

interface GrowingMemory extends EnvironmentMemory {
  readonly cells: Map<string, CellMemory>;
  variant?: HashVariant;
}

const nothingOfAny: EnvironmentMemory = { cells: new Map() };

/** The log, folded: per cell the last known deployment, per environment the hash form that matched last. */
export class DeploymentMemory {
  /** By folder, environment, origin. Asked once per cell, so without a key that would have to be put together. */
  private readonly environments = new Map<string, Map<string, Map<string, GrowingMemory>>>();
  private count = 0;

  /** Grows with every line: what was derived from fewer of them is out of date. */
  get version(): number {
    return this.count;
  }

  /** Takes the log's lines in order. */
  add(record: LogRecord): void {
    this.count++;
    if (record.phase === 'renamed') {
      this.rename(record);
      return;
    }
    const { folder, environment, origin, flow } = record;
    const known = this.known(folder, environment, origin) ?? this.begin(folder, environment, origin);
    known.cells.set(flow, remembered(known.cells.get(flow) ?? nothingRemembered, record));
    if (record.phase === 'ended' && record.variant) {
      known.variant = record.variant;
    }
  }

  clear(): void {
    this.count++;
    this.environments.clear();
  }

  environment(folder: string, environment: string, origin: string): EnvironmentMemory {
    return this.known(folder, environment, origin) ?? nothingOfAny;
  }

  cell(folder: string, environment: string, origin: string, flow: string): CellMemory {
    return this.environment(folder, environment, origin).cells.get(flow) ?? nothingRemembered;
  }

  variant(folder: string, environment: string, origin: string): HashVariant | undefined {
    return this.environment(folder, environment, origin).variant;
  }

  /**
   * Both ids stand for the same from now on, per origin: a rename can be undone, and one runtime has one history under
   * whatever name.
   */
  private rename({ folder, environment, newEnvironment }: RenamedRecord): void {
    const ofFolder = this.environments.get(folder);
    const origins = ofFolder?.get(environment);
    if (ofFolder && origins) {
      ofFolder.set(newEnvironment, new Map([...(ofFolder.get(newEnvironment) ?? []), ...origins]));
    }
  }

  private known(folder: string, environment: string, origin: string): GrowingMemory | undefined {
    return this.environments.get(folder)?.get(environment)?.get(origin);
  }

  private begin(folder: string, environment: string, origin: string): GrowingMemory {
    const ofFolder = this.environments.get(folder) ?? new Map<string, Map<string, GrowingMemory>>();
    const ofEnvironment = ofFolder.get(environment) ?? new Map<string, GrowingMemory>();
    const begun: GrowingMemory = { cells: new Map() };
    this.environments.set(folder, ofFolder.set(environment, ofEnvironment.set(origin, begun)));
    return begun;
  }
}

function remembered(known: CellMemory, record: OperationRecord): CellMemory {
  const others = known.pending.filter(({ id }) => id !== record.id);
  if (record.phase === 'started') {
    return { ...known, pending: [...others, record] };
  }
  switch (record.outcome) {
    case 'succeeded': {
      // It is the later one of those begun before it; of those that another window began meanwhile nobody knows.
      const begun = known.pending.findIndex(({ id }) => id === record.id);
      const pending = begun === -1 ? [] : known.pending.slice(begun + 1);
      return record.action === 'undeploy' ? { pending } : { last: record, pending };
    }
    case 'unknown':
      return { ...known, pending: [...others, record] };
    case 'failed':
    case 'cancelled':
      return { ...known, pending: others };
  }
}
