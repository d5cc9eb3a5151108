import assert from 'node:assert/strict';
import { appendFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeploymentMemory } from '../../../../src/core/operations/deploymentMemory';
import type { EndedRecord, StartedRecord } from '../../../../src/core/operations/records';
import type { LogExcerpt } from '../../../../src/core/operations/rememberedRecords';
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
    return idsOf(await open().readNew());
  }

  function idsOf({ records: read }: LogExcerpt): readonly string[] {
    return read.map(({ id }) => id);
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
    assert.deepEqual(await ids(), []);
    assert.deepEqual(warnings, []);
  });

  it('gives back what was appended, in order, to a new window too', async () => {
    const lines = [started('1'), ended('1'), started('2', { parameterNames: ['a b', 'ü\n"'] })];
    for (const line of lines) await records.append(line);
    assert.deepEqual(await open().readNew(), { isAnew: false, records: lines });
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

  it('tells each line once, whoever wrote it, and in the order of the log', async () => {
    const other = open();
    await records.append(started('1'));
    assert.deepEqual(idsOf(await other.readNew()), ['1']);
    assert.deepEqual(idsOf(await other.readNew()), []);
    await records.append(started('2'));
    await other.append(started('own'));
    await records.append(ended('2'));
    await appendFile(file, JSON.stringify(started('being written')));
    assert.deepEqual(idsOf(await other.readNew()), ['2', 'own', '2']);
    await appendFile(file, '\n');
    const [first, second] = await Promise.all([other.readNew(), other.readNew()]);
    assert.deepEqual([idsOf(first), idsOf(second)], [['being written'], []]);
    assert.deepEqual(warnings, []);
  });

  it('loses no later line to one that was torn in the middle of a character', async () => {
    await records.append(started('1'));
    const torn = Buffer.from('{"flow":"ü');
    await appendFile(file, Buffer.concat([torn.subarray(0, -1), Buffer.from('\n')]));
    assert.deepEqual(idsOf(await records.readNew()), ['1']);
    for (const id of ['2', '3']) {
      await open().append(started(id));
      assert.deepEqual(idsOf(await records.readNew()), [id]);
    }
    assert.equal(warnings.length, 1);
  });

  it('begins again with a log that was deleted, cut or put back', async () => {
    await records.append(started('1'));
    await records.append(ended('1'));
    const before = await readFile(file);
    assert.equal((await records.readNew()).isAnew, false);
    await rm(file);
    assert.deepEqual(await records.readNew(), { isAnew: true, records: [] });
    assert.deepEqual(await records.readNew(), { isAnew: false, records: [] });
    await appendFile(file, before);
    assert.deepEqual(idsOf(await records.readNew()), ['1', '1']);
    await writeFile(file, before.subarray(0, before.length / 2));
    assert.deepEqual(await records.readNew(), { isAnew: true, records: [started('1')] });
    // Longer than the one that was read, and another one all the same.
    const restored = `${file}.restored`;
    await writeFile(restored, Buffer.concat([before, before]));
    await rename(restored, file);
    const { isAnew, records: all } = await records.readNew();
    assert.deepEqual([isAnew, all.length], [true, 4]);
  });

  it('counts the lines of damage from the start of the file', async () => {
    await records.append(started('1'));
    await records.readNew();
    await appendFile(file, 'torn ü\n');
    await open().append(started('2'));
    assert.deepEqual(idsOf(await records.readNew()), ['2']);
    assert.deepEqual(
      warnings.map((warning) => warning.split('jsonl:')[1]),
      ['3'],
    );
  });

  it('gives back that an environment was renamed, and the memory goes with it', async () => {
    const [place, was] = [{ folder: 'file:///work', flow: 'orders', origin: 'http://localhost:1' }, 'dev'];
    await records.append(ended('1'));
    await records.append({
      phase: 'renamed',
      id: '2',
      at: 1,
      folder: place.folder,
      environment: was,
      newEnvironment: 'qa',
    });
    const memory = new DeploymentMemory();
    for (const record of (await open().readNew()).records) memory.add(record);
    const last = (environment: string, origin = place.origin) =>
      memory.cell(place.folder, environment, origin, place.flow).last?.id;
    assert.deepEqual([last('qa'), last('dev'), last('qa', 'http://elsewhere')], ['1', '1', undefined]);
    // An undone rename has not lost what came after it.
    memory.add({ ...ended('3'), environment: 'qa' });
    assert.deepEqual([last('qa'), last('dev')], ['3', '3']);
    memory.add({ phase: 'renamed', id: '4', at: 1, folder: 'file:///other', environment: 'qa', newEnvironment: 'x' });
    assert.equal(last('x'), undefined);
  });

  it('reads a log that it cannot read as one that cannot be read, not as an empty one', async () => {
    await mkdir(file, { recursive: true });
    assert.deepEqual(idsOf(await records.readNew()), []);
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

  it('writes a content that it has no second time', async () => {
    const path = join(storage, 'contents', 'abc.yaml');
    await records.keepContent('abc', 'a: 1');
    const before = await stat(path);
    await records.keepContent('abc', 'a: 1');
    assert.equal((await stat(path)).ino, before.ino);
  });

  it('gives a memory that a damaged line does not mislead', async () => {
    await records.append(started('1'));
    await records.append(ended('1'));
    await writeFile(file, (await readFile(file, 'utf8')).replace(/}\s*$/, '\n'));
    const memory = new DeploymentMemory();
    for (const record of (await open().readNew()).records) memory.add(record);
    const cell = memory.cell('file:///work', 'dev', 'http://localhost:1', 'orders');
    assert.equal(cell.last, undefined);
    assert.deepEqual(
      cell.pending.map(({ id }) => id),
      ['1'],
    );
  });
});
