import type { Action } from '../../core/operations/records';
import type { BatchOutcome } from '../../core/operations/runBatch';
import type { Environment } from '../../core/registry/types';
import type { Confirmation } from './confirmation';
import { verbs } from './verbs';

const listed = 10;

/** The one question before many changes: it names every flow, or the first ten, the environment and its URL. */
export function batchConfirmation(action: Action, flows: readonly string[], { label, url }: Environment): Confirmation {
  const { title, direction } = verbs[action];
  const more = flows.length > listed ? [`and ${String(flows.length - listed)} more`] : [];
  return {
    message: `${title} ${countOf(flows.length)} ${direction} ${label}?`,
    detail: `${label} is at ${url}.\n\n${[...flows.slice(0, listed), ...more].join('\n')}`,
    button: `${title} ${direction} ${label}`,
  };
}

/** One line for all: what was done, and how much of it was not. */
export function batchSentence(
  action: Action,
  outcomes: readonly BatchOutcome['outcome'][],
  environment: string,
): string {
  const { done, direction } = verbs[action];
  const count = (outcome: BatchOutcome['outcome']): number => outcomes.filter((one) => one === outcome).length;
  const rest = [
    [count('failed'), 'failed'],
    [count('refused'), 'not allowed'],
    [count('unknown'), 'with an unknown outcome'],
    [count('cancelled') + count('not-started'), 'not started'],
  ] as const;
  const words = rest.filter(([number]) => number > 0).map(([number, what]) => `${String(number)} ${what}`);
  const sentence = `${done} ${String(count('succeeded'))} of ${countOf(outcomes.length)} ${direction} ${environment}`;
  return words.length === 0 ? `${sentence}.` : `${sentence}: ${words.join(', ')}.`;
}

function countOf(count: number): string {
  return `${String(count)} ${count === 1 ? 'flow' : 'flows'}`;
}
