import { setTimeout as pause } from 'node:timers/promises';

/** Between two attempts: what is waited for needs the processor, too. */
const pauseMs = 25;

/**
 * Tries an action again until it succeeds, for what VS Code does not say when it is ready, such as the list of commands
 * while extensions are still being registered.
 *
 * @throws the last attempt's error once the time is up
 */
export async function eventually<Result>(action: () => Promise<Result>, patienceMs: number): Promise<Result> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await pause(pauseMs);
  }
}
