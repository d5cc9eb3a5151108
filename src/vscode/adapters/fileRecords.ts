import { randomUUID } from 'node:crypto';
import { access, appendFile, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRecord, Records } from '../../core/operations/records';
import type { Log } from '../../core/ports';

/** The log in the editor's storage for the workspace: JSON Lines, append-only, safe with two windows at once. */
export class FileRecords implements Records {
  /** Where the log stands; it, and its folder, need not be there yet. */
  readonly file: string;
  private readonly contents: string;
  /** Operations of this window, whose lines are known here before they are on disk. */
  private readonly own = new Set<string>();
  private readBytes = 0;
  private readLines = 0;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {
    this.file = join(directory, 'operations.jsonl');
    this.contents = join(directory, 'contents');
  }

  /**
   * The whole lines that came since the last call and are not this window's own, in order; the first call gives all there
   * are. A damaged line is skipped and reported.
   */
  async readNew(): Promise<readonly LogRecord[]> {
    const result = this.reading.then(() => this.readOn());
    this.reading = result.catch(() => undefined);
    return result;
  }

  /**
   * One write of one whole line in append mode, which the file system does not interleave. The line break in front
   * ends a line that a crash left half written.
   */
  async append(record: LogRecord): Promise<void> {
    this.own.add(record.id);
    await mkdir(this.directory, { recursive: true });
    await appendFile(this.file, `\n${JSON.stringify(record)}\n`, 'utf8');
  }

  async keepContent(sha256: string, yaml: string): Promise<void> {
    const path = join(this.contents, `${sha256}.yaml`);
    if (await isThere(path)) {
      return;
    }
    await mkdir(this.contents, { recursive: true });
    // One flow can be on its way to two environments at once.
    const temporary = `${path}.${randomUUID()}.tmp`;
    await writeFile(temporary, yaml, 'utf8');
    await rename(temporary, path);
  }

  private async readOn(): Promise<readonly LogRecord[]> {
    const text = await this.readText();
    // What follows the last line break may be a line that is being written.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.readBytes += Buffer.byteLength(whole);
    const records: LogRecord[] = [];
    for (const line of whole.split('\n').slice(0, -1)) {
      this.readLines++;
      const record = parseRecord(line);
      if (record && !this.own.has(record.id)) {
        records.push(record);
      } else if (!record && line.trim() !== '') {
        const place = `${this.file}:${String(this.readLines)}`;
        this.log.warn(`The operations log has a damaged line, which is skipped: ${place}`);
      }
    }
    return records;
  }

  /** A log that is there and cannot be read is not an empty one, and somebody should know. */
  private async readText(): Promise<string> {
    try {
      return await readFrom(this.file, this.readBytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        this.log.warn(`The operations log cannot be read, so what was deployed before is not known: ${String(error)}`);
      }
      return '';
    }
  }
}

async function readFrom(path: string, start: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function parseRecord(line: string): LogRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const actions: readonly unknown[] = ['deploy', 'promote', 'undeploy'];
const outcomes: readonly unknown[] = ['succeeded', 'failed', 'unknown', 'cancelled'];

function isRecord(value: unknown): value is LogRecord {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const fields = value as Record<string, unknown>;
  const areTexts = (...names: readonly string[]): boolean => names.every((name) => typeof fields[name] === 'string');
  const isOperation = areTexts('id', 'folder', 'flow', 'environment', 'origin') && actions.includes(fields.action);
  switch (fields.phase) {
    case 'started':
      return isOperation;
    case 'ended':
      return isOperation && outcomes.includes(fields.outcome);
    case 'renamed':
      return areTexts('id', 'folder', 'environment', 'newEnvironment');
    default:
      return false;
  }
}
