import type { DeploymentMemory } from './deploymentMemory';
import type { LogRecord, Records } from './records';

/** What a log has got since it was last read. */
export interface LogExcerpt {
  /** The log is no longer the one that was read: these are all of its lines. */
  readonly isAnew: boolean;
  readonly records: readonly LogRecord[];
}

/** A log that several windows write to, and that is read on from where the last reading ended. */
export interface SharedLog extends Records {
  append(record: LogRecord): Promise<void>;
  readNew(): Promise<LogExcerpt>;
}

/**
 * The log with the memory of it. Lines are remembered in the order of the log, whichever window wrote them: of two
 * deployments the later one counts, and each window must say the same of them.
 */
export class RememberedRecords implements Records {
  /** Lines of this window that were not read back yet. */
  private readonly unread = new Set<string>();

  constructor(
    private readonly log: SharedLog,
    private readonly memory: DeploymentMemory,
  ) {}

  async append(record: LogRecord): Promise<void> {
    this.unread.add(identity(record));
    try {
      await this.log.append(record);
    } catch (error) {
      // Nothing is sent after a start that could not be written. Anything else has happened, log or no log.
      if (record.phase === 'started') {
        this.unread.delete(identity(record));
      } else {
        await this.readBack(record);
      }
      throw error;
    }
    await this.readBack(record);
  }

  async keepContent(sha256: string, yaml: string): Promise<void> {
    await this.log.keepContent(sha256, yaml);
  }

  /** Remembers what was written since, here and in other windows. */
  async readOn(): Promise<void> {
    const { isAnew, records } = await this.log.readNew();
    if (isAnew) {
      this.memory.clear();
    }
    for (const record of records) {
      this.unread.delete(identity(record));
      this.memory.add(record);
    }
  }

  /** What the log does not give back, because it can be neither written nor read now, is remembered all the same. */
  private async readBack(record: LogRecord): Promise<void> {
    await this.readOn();
    if (this.unread.delete(identity(record))) {
      this.memory.add(record);
    }
  }
}

function identity({ id, phase }: LogRecord): string {
  return `${phase} ${id}`;
}
