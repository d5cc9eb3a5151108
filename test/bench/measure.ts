import { performance } from 'node:perf_hooks';

/** What is timed: all of it, or the work that `prepare` makes ready anew for each run. */
type Work = (() => unknown) | { readonly prepare: () => () => unknown };

/** For {@link shortestOfEach}: times `work` alone, on an input of its own in each run. */
export function timed<Input>(input: () => Input, work: (input: Input) => unknown): Work {
  return {
    prepare: () => {
      const made = input();
      return () => work(made);
    },
  };
}

/**
 * The shortest time of each, in milliseconds, run in turns after one round that does not count: what else the machine
 * does only adds, and falls on all of them.
 */
export async function shortestOfEach(rounds: number, ...works: readonly Work[]): Promise<readonly number[]> {
  const best = works.map(() => Infinity);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, work] of works.entries()) {
      const duration = await durationOf('prepare' in work ? work.prepare() : work);
      if (round > 0) best[index] = Math.min(best[index] ?? Infinity, duration);
    }
  }
  return best;
}

async function durationOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** One line: what, ours, its floor or bound, and whether it is kept; if not, the command fails in the end. */
export function report(what: string, ours: string, bound: string, isKept: boolean): void {
  if (!isKept) process.exitCode = 1;
  console.log(`${isKept ? 'kept' : 'OVER'}  ${what}: ${ours} (${bound})`);
}
