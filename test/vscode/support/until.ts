import { eventually } from '../../host/eventually';

/** Within the time-out of a test (mochaGlobals.ts): what is said at the end is the assertion's error. */
const patienceMs = 30_000;

/** Asks again until the assertion holds: for what VS Code does in its own time, such as telling of a changed file. */
export async function until<Result>(assertion: () => Result | Promise<Result>): Promise<Result> {
  return eventually(async () => assertion(), patienceMs);
}
