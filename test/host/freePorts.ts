import { randomInt } from 'node:crypto';
import { isFreePort } from './isFreePort';

/** Below the range that systems hand out by themselves, so that no outgoing connection takes one meanwhile. */
const lowest = 20_000;
const highest = 30_000;

/** Ports that nobody listens on, chosen at random: the same tests may run twice at a time. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(lowest, highest);
    if (await isFreePort(port)) ports.add(port);
  }
  return [...ports];
}
