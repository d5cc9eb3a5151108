// Benchmarks, each printed beside its floor: the least that the same work could cost. Fails where a bound is not kept,
// and is no part of the tests: what else the machine does counts.
//   npm run bench
import { benchmarkModel } from './modelBench';
import { benchmarkRuntime } from './runtimeBench';

async function run(): Promise<void> {
  console.log(`Node ${process.version}, shortest of several runs; ratio = ours / floor\n`);
  await benchmarkModel();
  await benchmarkRuntime();
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
