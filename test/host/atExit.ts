import { constants } from 'node:os';

const steps = new Set<() => void>();
let listening = false;

/**
 * Runs a synchronous step when this process ends for whatever reason: normally, by an error, or by Ctrl-C. A signal's
 * default action would skip Node's `exit` event, so the signals are turned into an ordinary exit.
 *
 * @returns a function that forgets the step again
 */
export function atExit(step: () => void): () => void {
  listen();
  steps.add(step);
  return () => {
    steps.delete(step);
  };
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.once('exit', runAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}

function runAll(): void {
  // Newest first: a process is stopped before the folder it writes to is removed.
  for (const step of [...steps].reverse()) {
    try {
      step();
    } catch (error) {
      console.error(`Cleaning up: ${String(error)}`);
    }
  }
}
