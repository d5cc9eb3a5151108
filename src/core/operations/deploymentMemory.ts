import type { HashVariant } from '../promotion/contentHash';
import type { EndedRecord, LogRecord, OperationRecord, RenamedRecord } from './records';

/** What the log says about one flow in one environment. */
export interface CellMemory {
  /** The last deploy from here that was confirmed, where no later undeploy was. */
  readonly last?: EndedRecord;
  /** Later writes that were begun, and whose outcome is not known; oldest first. */
  readonly pending: readonly OperationRecord[];
  /** Writes of other windows at the same time as `last`: they came before it, or after it, or not at all. */
  readonly beside?: readonly OperationRecord[];
  /** Ids of those among them, and of older ones, that have not ended yet. */
  readonly underWay?: readonly string[];
}

/** All writes that may be what the runtime holds now, instead of the last one. */
export function uncertainWrites({ pending, beside = [] }: CellMemory): readonly OperationRecord[] {
  return beside.length === 0 ? pending : [...beside, ...pending];
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
  if (record.phase === 'started') {
    return { ...known, pending: [...without(known.pending, record.id), record] };
  }
  const { id } = record;
  const others = { ...known, pending: without(known.pending, id), ...forgetting(known, id) };
  switch (record.outcome) {
    case 'succeeded':
      return succeeded(known, others, record);
    case 'unknown':
      return isAtTheSameTime(known, id)
        ? { ...others, beside: [...(others.beside ?? []), record] }
        : { ...others, pending: [...others.pending, record] };
    case 'failed':
    case 'cancelled':
      return others;
  }
}

/**
 * It is the later one of those begun before it, unless they were on their way yet; of those that another window began
 * meanwhile nobody knows. Nor of the last one, where that ended while this one was under way: then none of those before is
 * out, either.
 */
function succeeded(known: CellMemory, others: CellMemory, record: EndedRecord): CellMemory {
  const begun = known.pending.findIndex(({ id }) => id === record.id);
  const later = begun === -1 ? [] : known.pending.slice(begun + 1);
  const last = known.last ? [known.last] : [];
  const beside = isAtTheSameTime(known, record.id)
    ? [...uncertainWrites(others), ...last]
    : uncertainWrites(others).filter((write) => later.includes(write) || isOnItsWay(write, record.at));
  const stillUnderWay = [...(others.underWay ?? []), ...others.pending.filter(isStarted).map(({ id }) => id)];
  return {
    pending: [],
    ...(record.action === 'undeploy' ? {} : { last: record }),
    ...(beside.length === 0 ? {} : { beside }),
    ...(stillUnderWay.length === 0 ? {} : { underWay: stillUnderWay }),
  };
}

/** Whether it was under way when the last one ended. */
function isAtTheSameTime({ underWay = [] }: CellMemory, id: string): boolean {
  return underWay.includes(id);
}

/** Whether a window may still have waited for its answer at that time. One that died leaves no end. */
export function isOnItsWay(write: OperationRecord, at: number): boolean {
  return write.phase === 'started' && (write.givenUpAt ?? 0) > at;
}

function isStarted({ phase }: OperationRecord): boolean {
  return phase === 'started';
}

/** A write that has ended is no longer under way. */
function forgetting({ beside, underWay }: CellMemory, id: string): Pick<CellMemory, 'beside' | 'underWay'> {
  return {
    ...(beside ? { beside: without(beside, id) } : {}),
    ...(underWay ? { underWay: underWay.filter((other) => other !== id) } : {}),
  };
}

function without(records: readonly OperationRecord[], id: string): readonly OperationRecord[] {
  return records.filter((record) => record.id !== id);
}
