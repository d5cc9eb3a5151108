import type { OperationResult } from './types';

export interface BatchItem {
  readonly flowId: string;
  /** Environment that is written to: what the concurrency is counted by. */
  readonly targetId: string;
}

export interface BatchOptions {
  /** Operations under way at once, per environment. */
  readonly concurrency: number;
  /** Start nothing more once one has failed. */
  readonly stopsOnFailure: boolean;
  readonly signal: AbortSignal;
  onDone(item: BatchItem, result: OperationResult): void;
}

/** `not-started`: cancelled, or stopped by another's failure, before it began. */
export type BatchOutcome = OperationResult | { readonly outcome: 'not-started' };

export interface BatchReport<Item extends BatchItem> {
  /** In the order given. */
  readonly items: readonly { readonly item: Item; readonly result: BatchOutcome }[];
}

export const defaultConcurrency = 4;

/**
 * Runs operations on many flows (PROMOTION-MODEL: operations): bounded per environment, one failing without stopping the
 * others unless asked, and what was not started said. `run` is not called after a cancel.
 */
export async function runBatch<Item extends BatchItem>(
  items: readonly Item[],
  run: (item: Item, signal: AbortSignal) => Promise<OperationResult>,
  options: BatchOptions,
): Promise<BatchReport<Item>> {
  const results = new Map<Item, BatchOutcome>();
  const state = { isStopped: false };
  await Promise.all([...byTarget(items).values()].map((queue) => runQueue(queue, run, options, results, state)));
  return { items: items.map((item) => ({ item, result: results.get(item) ?? { outcome: 'not-started' } })) };
}

function byTarget<Item extends BatchItem>(items: readonly Item[]): ReadonlyMap<string, Item[]> {
  const queues = new Map<string, Item[]>();
  for (const item of items) {
    const queue = queues.get(item.targetId) ?? [];
    queue.push(item);
    queues.set(item.targetId, queue);
  }
  return queues;
}

async function runQueue<Item extends BatchItem>(
  queue: Item[],
  run: (item: Item, signal: AbortSignal) => Promise<OperationResult>,
  options: BatchOptions,
  results: Map<Item, BatchOutcome>,
  state: { isStopped: boolean },
): Promise<void> {
  const { concurrency, stopsOnFailure, signal } = options;
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item && !signal.aborted && !state.isStopped; item = queue.shift()) {
      const result = await run(item, signal);
      results.set(item, result);
      options.onDone(item, result);
      state.isStopped ||= stopsOnFailure && result.outcome !== 'succeeded';
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, work));
}
