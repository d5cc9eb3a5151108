import { performance } from 'node:perf_hooks';

/**
 * The shortest time of each, in milliseconds, run in turns after one round that does not count: what else the machine
 * does only adds, and falls on all of them.
 */
export async function shortestOfEach(rounds: number, ...works: readonly (() => unknown)[]): Promise<readonly number[]> {
  const best = works.map(() => Infinity);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      if (round > 0) best[index] = Math.min(best[index] ?? Infinity, performance.now() - start);
    }
  }
  return best;
}

/** One line: what, ours, its floor or bound, and whether it is kept; if not, the command fails in the end. */
export function report(what: string, ours: string, bound: string, isKept: boolean): void {
  if (!isKept) process.exitCode = 1;
  console.log(`${isKept ? 'kept' : 'OVER'}  ${what}: ${ours} (${bound})`);
}
