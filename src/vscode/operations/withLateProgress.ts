import { ProgressLocation, window } from 'vscode';
import type { OperationStep } from '../../core/operations/types';

/** Shorter than this, the outcome is the better message. */
const patienceMs = 1000;

const stepLabels = {
  checking: 'checking what runs there',
  confirming: 'waiting for your answer',
  sending: 'sending',
  verifying: 'reading back',
} satisfies Record<OperationStep, string>;

/** Runs `work`, and shows a notification that can cancel it only where it takes long, and never behind a question. */
export async function withLateProgress<T>(
  title: string,
  work: (signal: AbortSignal, onStep: (step: OperationStep) => void) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let report: ((step: OperationStep) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const done = work(controller.signal, (step) => {
    clearTimeout(timer);
    report?.(step);
    if (!report && step !== 'confirming') {
      timer = setTimeout(() => {
        report = showProgress(title, done, controller, step);
      }, patienceMs);
    }
  });
  try {
    return await done;
  } finally {
    clearTimeout(timer);
  }
}

function showProgress(
  title: string,
  done: Promise<unknown>,
  controller: AbortController,
  first: OperationStep,
): (step: OperationStep) => void {
  let report: (step: OperationStep) => void = () => undefined;
  void window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => {
        controller.abort();
      });
      report = (step) => {
        progress.report({ message: stepLabels[step] });
      };
      report(first);
      await done.catch(() => undefined);
    },
  );
  return (step) => {
    report(step);
  };
}
