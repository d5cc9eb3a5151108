import { constants } from 'node:os';

const steps = new Set<() => void>();
let listening = false;
let onSignal = (signal: Signal): void => process.exit(128 + constants.signals[signal]);

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

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

/** What a signal does instead of ending this process at once. The handler ends it; a second signal does so at once. */
export function onSignals(handler: () => void): void {
  listen();
  const endAtOnce = onSignal;
  onSignal = () => {
    onSignal = endAtOnce;
    handler();
  };
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.once('exit', runAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      onSignal(signal);
    });
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
