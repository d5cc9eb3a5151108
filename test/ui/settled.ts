import { AssertionError } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 20_000;
const pauseMs = 50;

/** Looks until what is seen is right; fails with the last look. */
export async function settled<Seen>(
  what: string,
  look: () => Promise<Seen>,
  isRight: (seen: Seen) => boolean,
  patience: number = patienceMs,
): Promise<Seen> {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await look().catch((error: unknown) => error as Error);
    if (!(seen instanceof Error) && isRight(seen)) return seen;
    if (Date.now() >= deadline) {
      const last = seen instanceof Error ? String(seen) : JSON.stringify(seen, undefined, 2);
      throw new AssertionError({ message: `${what}: not so after ${patience} ms. Last seen: ${last}` });
    }
    await pause(pauseMs);
  }
}
