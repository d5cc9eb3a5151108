import { performance } from 'node:perf_hooks';

/** Median of `runs`, in milliseconds, after one run that does not count. */
export async function median(work: () => unknown, runs = 9): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index <= runs; index++) {
    const start = performance.now();
    await work();
    if (index > 0) {
      times.push(performance.now() - start);
    }
  }
  return times.sort((one, other) => one - other)[Math.floor(runs / 2)] ?? NaN;
}

/** One line: what, ours, its floor or bound, and whether it is kept. */
export function report(what: string, ours: string, bound: string, isKept: boolean): void {
  console.log(`${isKept ? 'kept' : 'OVER'}  ${what}: ${ours} (${bound})`);
}
