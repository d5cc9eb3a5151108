import assert from 'node:assert/strict';
import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeploymentMemory, type EndedRecord, type StartedRecord } from '../../../../src/core/operations/records';
import { FileRecords } from '../../../../src/vscode/adapters/fileRecords';
import { openTemporaryDirectory, type TemporaryDirectory } from '../../../support/temporaryDirectory';

function started(id: string, change: Partial<StartedRecord> = {}): StartedRecord {
  const place = { folder: 'file:///work', flow: 'orders', environment: 'dev', origin: 'http://localhost:1' };
  return { phase: 'started', id, at: 1, action: 'deploy', ...place, ...change };
}

function ended(id: string): EndedRecord {
  return { ...started(id), phase: 'ended', outcome: 'succeeded', hashAfter: 'h', durationMs: 5 };
}

describe('FileRecords', () => {
  let directory: TemporaryDirectory;
  let storage: string;
  let file: string;
  let warnings: string[];
  let records: FileRecords;

  function open(): FileRecords {
    const note = (message: string): number => warnings.push(message);
    return new FileRecords(storage, { info: note, warn: note, error: note });
  }

  async function ids(): Promise<readonly string[]> {
    return (await open().readAll()).map(({ id }) => id);
  }

  beforeEach(async () => {
    directory = await openTemporaryDirectory();
    // VS Code names the folder and does not make it.
    storage = join(directory.path, 'not', 'there', 'yet');
    file = join(storage, 'operations.jsonl');
    warnings = [];
    records = open();
  });
  afterEach(() => directory.close());

  it('is empty where nothing was written, and says nothing', async () => {
    assert.deepEqual(await records.readAll(), []);
    assert.deepEqual(warnings, []);
  });

  it('gives back what was appended, in order, to a new window too', async () => {
    const lines = [started('1'), ended('1'), started('2', { parameterNames: ['a b', 'ü\n"'] })];
    for (const line of lines) await records.append(line);
    assert.deepEqual(await open().readAll(), lines);
    assert.deepEqual(warnings, []);
  });

  const damage: readonly (readonly [string, string])[] = [
    ['half a line', '{"phase":"started","id":"x'],
    ['no JSON', 'deployed orders'],
    ['another value', '"started"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown phase', JSON.stringify({ ...started('x'), phase: 'dreamt' })],
    ['an unknown action', JSON.stringify({ ...started('x'), action: 'rollback' })],
    ['a number for a name', JSON.stringify({ ...started('x'), flow: 7 })],
    ['an unknown outcome', JSON.stringify({ ...ended('x'), outcome: 'great' })],
    ['an end without outcome', JSON.stringify({ ...started('x'), phase: 'ended' })],
    ['bytes', '\u0000\u0001\u0000'],
  ];
  for (const [name, line] of damage) {
    it(`skips ${name}, says where it stands, and keeps the rest`, async () => {
      await records.append(started('1'));
      await appendFile(file, `${line}\n`);
      await records.append(started('2'));
      assert.deepEqual(await ids(), ['1', '2']);
      assert.equal(warnings.length, 1);
      assert.ok(warnings[0]?.endsWith(`${file}:3`), warnings[0]);
    });
  }

  it('loses no later line to one that a crash left half written', async () => {
    await records.append(started('1'));
    await appendFile(file, '{"phase":"started","id":"torn');
    await records.append(ended('1'));
    assert.deepEqual(await ids(), ['1', '1']);
    assert.equal(warnings.length, 1);
  });

  it('loses no line when two windows write at once', async () => {
    const other = open();
    const long = { parameterNames: Array.from({ length: 2000 }, (_, index) => `parameter-${index}`) };
    const wanted = Array.from({ length: 60 }, (_, index) => `${index}`);
    await Promise.all(wanted.map((id, index) => (index % 2 === 0 ? records : other).append(started(id, long))));
    assert.deepEqual([...(await ids())].sort(), [...wanted].sort());
    assert.deepEqual(warnings, []);
  });

  it('reads a log that it cannot read as one that cannot be read, not as an empty one', async () => {
    await mkdir(file, { recursive: true });
    assert.deepEqual(await records.readAll(), []);
    assert.equal(warnings.length, 1, 'nobody learns that all records are missing');
  });

  it('rejects where a line cannot be written: nothing may be sent then', async () => {
    await mkdir(file, { recursive: true });
    await assert.rejects(records.append(started('1')));
  });

  it('keeps a content once, whole, whoever writes it', async () => {
    const yaml = '# Überweisung\r\n'.repeat(1000);
    await Promise.all([records, open(), records, open()].map((each) => each.keepContent('abc', yaml)));
    assert.deepEqual(await readdir(join(storage, 'contents')), ['abc.yaml']);
    assert.equal(await readFile(join(storage, 'contents', 'abc.yaml'), 'utf8'), yaml);
  });

  it('gives a memory that a damaged line does not mislead', async () => {
    await records.append(started('1'));
    await records.append(ended('1'));
    await writeFile(file, (await readFile(file, 'utf8')).replace(/}\s*$/, ''));
    const memory = new DeploymentMemory();
    for (const record of await open().readAll()) memory.add(record);
    const cell = memory.cell('file:///work', 'dev', 'http://localhost:1', 'orders');
    assert.equal(cell.last, undefined);
    assert.deepEqual(
      cell.pending.map(({ id }) => id),
      ['1'],
    );
  });
});
