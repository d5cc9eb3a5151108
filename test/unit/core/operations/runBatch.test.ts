import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runBatch, type BatchItem, type BatchOptions } from '../../../../src/core/operations/runBatch';
import type { OperationResult } from '../../../../src/core/operations/types';
import { anEnvironment } from '../../../support/builders';

const target = anEnvironment('dev');
const succeeded: OperationResult = { outcome: 'succeeded', target, durationMs: 1 };
const failed: OperationResult = { outcome: 'failed', target, reason: { kind: 'not-listed' } };

function options(change: Partial<BatchOptions> = {}): BatchOptions {
  return {
    concurrency: 4,
    stopsOnFailure: false,
    signal: new AbortController().signal,
    onDone: () => undefined,
    ...change,
  };
}

function items(count: number, targetId = 'dev'): BatchItem[] {
  return Array.from({ length: count }, (_, index) => ({ flowId: String(index), targetId }));
}

describe('runBatch', () => {
  it('runs every item once, never more than the bound at a time per environment, and reports in order', async () => {
    const counts = fc.integer({ min: 0, max: 20 });
    await fc.assert(
      fc.asyncProperty(counts, counts, fc.integer({ min: 1, max: 6 }), async (dev, test, concurrency) => {
        const all = [...items(dev), ...items(test, 'test')];
        const running = new Map<string, number>();
        let started = 0;
        const report = await runBatch(
          all,
          async ({ targetId }) => {
            started++;
            const now = (running.get(targetId) ?? 0) + 1;
            running.set(targetId, now);
            assert.ok(now <= concurrency);
            await Promise.resolve();
            running.set(targetId, (running.get(targetId) ?? 0) - 1);
            return succeeded;
          },
          options({ concurrency }),
        );
        assert.equal(started, all.length);
        assert.deepEqual(
          report.items.map(({ item }) => item),
          all,
        );
      }),
    );
  });

  it('uses the whole bound', async () => {
    let running = 0;
    let most = 0;
    await runBatch(
      items(8),
      async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        return succeeded;
      },
      options(),
    );
    assert.equal(most, 4);
  });

  it('goes on after a failure', async () => {
    const report = await runBatch(
      items(5),
      ({ flowId }) => Promise.resolve(flowId === '1' ? failed : succeeded),
      options(),
    );
    const outcomes = report.items.map(({ result }) => result.outcome);
    assert.deepEqual(outcomes, ['succeeded', 'failed', 'succeeded', 'succeeded', 'succeeded']);
  });

  it('stops after a failure where asked, and says what was not started', async () => {
    const report = await runBatch(
      items(4),
      () => Promise.resolve(failed),
      options({ concurrency: 1, stopsOnFailure: true }),
    );
    const outcomes = report.items.map(({ result }) => result.outcome);
    assert.deepEqual(outcomes, ['failed', 'not-started', 'not-started', 'not-started']);
  });

  it('starts nothing more once cancelled, and lets what runs find its own end', async () => {
    const controller = new AbortController();
    const report = await runBatch(
      items(3),
      () => {
        controller.abort();
        return Promise.resolve(succeeded);
      },
      options({ concurrency: 1, signal: controller.signal }),
    );
    assert.deepEqual(
      report.items.map(({ result }) => result.outcome),
      ['succeeded', 'not-started', 'not-started'],
    );
  });
});
