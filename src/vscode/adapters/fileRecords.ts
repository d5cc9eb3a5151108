import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperationRecord, Records } from '../../core/operations/records';
import type { Log } from '../../core/ports';

/** The log in the editor's storage for the workspace: JSON Lines, append-only, safe with two windows at once. */
export class FileRecords implements Records {
  private readonly file: string;
  private readonly contents: string;

  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {
    this.file = join(directory, 'operations.jsonl');
    this.contents = join(directory, 'contents');
  }

  /** Every line that can be read, in order. A damaged one is skipped and reported. */
  async readAll(): Promise<readonly OperationRecord[]> {
    const text = await this.readText();
    const records: OperationRecord[] = [];
    text.split('\n').forEach((line, index) => {
      const record = parseRecord(line);
      if (record) {
        records.push(record);
      } else if (line.trim() !== '') {
        this.log.warn(`The operations log has a damaged line, which is skipped: ${this.file}:${String(index + 1)}`);
      }
    });
    return records;
  }

  /**
   * One write of one whole line in append mode, which the file system does not interleave. The line break in front
   * ends a line that a crash left half written.
   */
  async append(record: OperationRecord): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    await appendFile(this.file, `\n${JSON.stringify(record)}\n`, 'utf8');
  }

  async keepContent(sha256: string, yaml: string): Promise<void> {
    await mkdir(this.contents, { recursive: true });
    const path = join(this.contents, `${sha256}.yaml`);
    // One flow can be on its way to two environments at once.
    const temporary = `${path}.${randomUUID()}.tmp`;
    await writeFile(temporary, yaml, 'utf8');
    await rename(temporary, path);
  }

  /** A log that is there and cannot be read is not an empty one, and somebody should know. */
  private async readText(): Promise<string> {
    try {
      return await readFile(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn(`The operations log cannot be read, so what was deployed before is not known: ${String(error)}`);
      }
      return '';
    }
  }
}

function parseRecord(line: string): OperationRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const texts = ['id', 'folder', 'flow', 'environment', 'origin'];
const phases: readonly unknown[] = ['started', 'ended'];
const actions: readonly unknown[] = ['deploy', 'promote', 'undeploy'];
const outcomes: readonly unknown[] = ['succeeded', 'failed', 'unknown', 'cancelled'];

function isRecord(value: unknown): value is OperationRecord {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const fields = value as Record<string, unknown>;
  return (
    texts.every((name) => typeof fields[name] === 'string') &&
    phases.includes(fields.phase) &&
    actions.includes(fields.action) &&
    (fields.phase === 'started' || outcomes.includes(fields.outcome))
  );
}
