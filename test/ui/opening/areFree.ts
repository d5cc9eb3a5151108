import { isFreePort } from '../../host/isFreePort';
import { settled } from '../settled';

/** Waits until nobody listens there any more: what was killed a moment ago may not have ended yet. */
export async function areFree(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    await settled(
      `port ${port} is free`,
      () => isFreePort(port),
      (isFree) => isFree,
    );
  }
}
