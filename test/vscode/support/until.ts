import { eventually } from '../../host/eventually';

const patienceMs = 10_000;

/** Asks again until the assertion holds: for what VS Code does in its own time, such as telling of a changed file. */
export async function until<Result>(assertion: () => Result | Promise<Result>): Promise<Result> {
  return eventually(async () => {
    // A turn of the event loop, so that what is waited for gets its own.
    await new Promise((resolve) => setImmediate(resolve));
    return assertion();
  }, patienceMs);
}
