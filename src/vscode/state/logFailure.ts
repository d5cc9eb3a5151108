import type { Log } from '../../core/ports';

/** For work whose failure is nobody's to handle: it is logged, and takes nothing else along. `failure` begins the line. */
export async function logFailure(work: Promise<unknown>, failure: string, log: Log): Promise<void> {
  try {
    await work;
  } catch (error) {
    log.error(`${failure}: ${String(error)}`);
  }
}
