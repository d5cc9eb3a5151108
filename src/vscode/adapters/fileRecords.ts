import { randomUUID } from 'node:crypto';
import { access, appendFile, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRecord } from '../../core/operations/records';
import type { LogExcerpt, SharedLog } from '../../core/operations/rememberedRecords';
import type { Log } from '../../core/ports';

/** The log in the editor's storage for the workspace: JSON Lines, append-only, safe with two windows at once. */
export class FileRecords implements SharedLog {
  /** Where the log stands; it, and its folder, need not be there yet. */
  readonly file: string;
  private readonly contents: string;
  private place = startOfLog;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {
    this.file = join(directory, 'operations.jsonl');
    this.contents = join(directory, 'contents');
  }

  /**
   * The whole lines that came since the last call, in order; the first call gives all there are, and so does the first one
   * after the log was replaced or cut. A damaged line is skipped and reported.
   */
  async readNew(): Promise<LogExcerpt> {
    const result = this.reading.then(() => this.readOn());
    this.reading = result.catch(() => undefined);
    return result;
  }

  /**
   * One write of one whole line in append mode, which the file system does not interleave. The line break in front
   * ends a line that a crash left half written.
   */
  async append(record: LogRecord): Promise<void> {
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

  private async readOn(): Promise<LogExcerpt> {
    const { bytes, from } = await this.readBytes();
    // What follows the last line break may be a line that is being written. Counted in bytes, because damaged ones make a
    // text of another length.
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    const lines = whole.toString('utf8').split('\n').slice(0, -1);
    const records = lines.flatMap((line, index) => this.readLine(line, from.lines + index + 1) ?? []);
    const isAnew = from.bytes < this.place.bytes;
    this.place = { file: from.file, bytes: from.bytes + whole.length, lines: from.lines + lines.length };
    return { isAnew, records };
  }

  private readLine(line: string, number: number): LogRecord | undefined {
    const record = parseRecord(line);
    if (!record && line.trim() !== '') {
      const place = `${this.file}:${String(number)}`;
      this.log.warn(`The operations log has a damaged line, which is skipped: ${place}`);
    }
    return record;
  }

  /** A log that is there and cannot be read is not an empty one, and somebody should know. */
  private async readBytes(): Promise<LogBytes> {
    try {
      return await readFrom(this.file, this.place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return { bytes: Buffer.alloc(0), from: startOfLog };
      }
      this.log.warn(`The operations log cannot be read, so what was deployed before is not known: ${String(error)}`);
      return { bytes: Buffer.alloc(0), from: this.place };
    }
  }
}

/** How far the log was read, and which file that was. */
interface LogPlace {
  readonly file: string;
  readonly bytes: number;
  readonly lines: number;
}

const startOfLog: LogPlace = { file: '', bytes: 0, lines: 0 };

interface LogBytes {
  readonly bytes: Buffer;
  readonly from: LogPlace;
}

/** From its start, where the log is another file by now or was cut. */
async function readFrom(path: string, place: LogPlace): Promise<LogBytes> {
  const file = await open(path, 'r');
  try {
    const { ino, birthtimeMs, size } = await file.stat();
    // A number alone is given to the next file once the one that had it is gone.
    const identity = `${String(ino)} ${String(birthtimeMs)}`;
    const isSame = identity === place.file && size >= place.bytes;
    const from = isSame ? place : { ...startOfLog, file: identity };
    const bytes = Buffer.alloc(size - from.bytes);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from.bytes);
    return { bytes: bytes.subarray(0, bytesRead), from };
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
