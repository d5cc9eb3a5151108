import assert from 'node:assert/strict';
import { appendFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { DeploymentMemory } from '../../../../src/core/operations/deploymentMemory';
import type { EndedRecord, LogRecord, Outcome } from '../../../../src/core/operations/records';
import { RememberedRecords } from '../../../../src/core/operations/rememberedRecords';
import { FileRecords } from '../../../../src/vscode/adapters/fileRecords';
import { openTemporaryDirectory, type TemporaryDirectory } from '../../../support/temporaryDirectory';

const place = { folder: 'file:///work', flow: 'orders', environment: 'dev', origin: 'http://localhost:1' };

function started(id: string): LogRecord {
  return { phase: 'started', id, at: 1, action: 'deploy', ...place, parameterDigest: id };
}

function ended(id: string, outcome: Outcome = 'succeeded'): EndedRecord {
  const deployed = { at: 1, action: 'deploy', ...place, parameterDigest: id, hashAfter: 'h' } as const;
  return { phase: 'ended', id, outcome, durationMs: 5, ...deployed };
}

const renamed: LogRecord = { phase: 'renamed', id: 'r', at: 1, ...place, newEnvironment: 'qa' };

function known(memory: DeploymentMemory): unknown {
  return ['dev', 'qa'].map((environment) => memory.cell(place.folder, environment, place.origin, place.flow));
}

/** One of two editor windows on the same storage. */
class Window {
  readonly memory = new DeploymentMemory();
  readonly log: FileRecords;
  readonly records: RememberedRecords;

  constructor(readonly storage: string) {
    this.log = new FileRecords(storage, { info: ignore, warn: ignore, error: ignore });
    this.records = new RememberedRecords(this.log, this.memory);
  }
}

function ignore(): void {
  // What is said of damage is another test's.
}

function done(): Promise<void> {
  return Promise.resolve();
}

async function foldOf(storage: string): Promise<unknown> {
  const { memory, records } = new Window(storage);
  await records.readOn();
  return known(memory);
}

describe('RememberedRecords', () => {
  let directory: TemporaryDirectory;
  let count = 0;

  beforeEach(async () => {
    directory = await openTemporaryDirectory();
  });
  afterEach(() => directory.close());

  function open(): Window {
    return new Window(join(directory.path, String(++count)));
  }

  it('takes the deployment that is later in the log for the last one, in the window that made it, too', async () => {
    const here = open();
    const there = new Window(here.storage);
    for (const record of [started('p1'), ended('p1')]) await there.records.append(record);
    for (const record of [started('p2'), ended('p2')]) await here.records.append(record);
    await here.records.readOn();
    await there.records.readOn();
    for (const { memory } of [here, there]) {
      assert.equal(memory.cell(place.folder, 'dev', place.origin, place.flow).last?.parameterDigest, 'p2');
    }
  });

  it('remembers in each of two windows what a new one would, however their lines and readings mix', async () => {
    const line = fc.oneof(
      fc.record({ id: fc.constantFrom('a', 'b', 'c') }).map(({ id }) => started(id)),
      fc
        .record({
          id: fc.constantFrom('a', 'b', 'c'),
          outcome: fc.constantFrom<Outcome>('succeeded', 'failed', 'unknown', 'cancelled'),
        })
        .map(({ id, outcome }) => ended(id, outcome)),
      fc.constant(renamed),
    );
    const step = fc.oneof(
      { arbitrary: fc.record({ window: fc.nat(1), line: fc.option(line, { nil: undefined }) }), weight: 9 },
      fc.constant('deleted' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ step, isAwaited: fc.boolean() }), { maxLength: 12 }), async (steps) => {
        const here = open();
        const windows = [here, new Window(here.storage)];
        const running: Promise<unknown>[] = [];
        for (const { step: each, isAwaited } of steps) {
          if (each === 'deleted') {
            await Promise.all(running);
            await rm(here.log.file, { force: true });
            continue;
          }
          const records = windows[each.window]?.records;
          running.push(Promise.resolve(each.line ? records?.append(each.line) : records?.readOn()));
          if (isAwaited) await Promise.all(running);
        }
        await Promise.all(running);
        const expected = await foldOf(here.storage);
        for (const { records, memory } of windows) {
          await records.readOn();
          assert.deepEqual(known(memory), expected);
        }
      }),
      { numRuns: 150 },
    );
  }).timeout(20_000);

  it('knows how an operation ended though that cannot be written, and not that one began', async () => {
    const { log, memory, records } = open();
    await records.append(started('1'));
    await rename(log.file, `${log.file}.away`);
    await mkdir(log.file);
    await assert.rejects(records.append(ended('1')));
    await assert.rejects(records.append(started('2')));
    const { last, pending } = memory.cell(place.folder, 'dev', place.origin, place.flow);
    assert.deepEqual([last?.id, pending], ['1', []]);
  });

  it('knows a line that cannot be read back', async () => {
    const memory = new DeploymentMemory();
    const nothing = { append: done, keepContent: done, readNew: () => Promise.resolve({ isAnew: false, records: [] }) };
    await new RememberedRecords(nothing, memory).append(started('1'));
    assert.equal(memory.cell(place.folder, 'dev', place.origin, place.flow).pending.length, 1);
  });

  it('says that it knows more, for what was derived from less', async () => {
    const { log, memory, records } = open();
    await records.append(started('1'));
    const version = memory.version;
    await appendFile(log.file, `${JSON.stringify(ended('1'))}\n`);
    await records.readOn();
    assert.ok(memory.version > version);
    const later = memory.version;
    await rm(log.file);
    await records.readOn();
    assert.ok(memory.version > later);
  });
});
