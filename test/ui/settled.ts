import { AssertionError } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 40_000;
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
    const seen = await lookOnce(look);
    if (!(seen instanceof Error) && isRight(seen)) return seen;
    if (Date.now() >= deadline) {
      const last = seen instanceof Error ? String(seen) : JSON.stringify(seen, undefined, 2);
      throw new AssertionError({ message: `${what}: not so after ${patience} ms. Last seen: ${last}` });
    }
    await pause(pauseMs);
  }
}

/** A look that fails at once is one that fails, too: a file may not be there yet, or not whole. */
async function lookOnce<Seen>(look: () => Promise<Seen>): Promise<Seen | Error> {
  try {
    return await look();
  } catch (error) {
    return error as Error;
  }
}
