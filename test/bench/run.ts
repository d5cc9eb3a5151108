// Benchmarks, each printed beside its floor: the least that the same work could cost. Not a test: it times nothing red.
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
