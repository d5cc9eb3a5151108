import type { BatchOutcome } from '../../core/operations/runBatch';
import type { Operation } from '../../core/promotion/gate';
import type { Environment } from '../../core/registry/types';
import type { Confirmation } from './confirmation';

type Verb = Operation['kind'];

const titles: Record<Verb, string> = { deploy: 'Deploy', promote: 'Promote', undeploy: 'Undeploy' };
const done: Record<Verb, string> = { deploy: 'Deployed', promote: 'Promoted', undeploy: 'Undeployed' };
const directions: Record<Verb, string> = { deploy: 'to', promote: 'to', undeploy: 'from' };
const listed = 10;

/** The one question before many changes: it names every flow, or the first ten, the environment and its URL. */
export function batchConfirmation(verb: Verb, flows: readonly string[], { label, url }: Environment): Confirmation {
  const more = flows.length > listed ? [`and ${String(flows.length - listed)} more`] : [];
  return {
    message: `${titles[verb]} ${countOf(flows.length)} ${directions[verb]} ${label}?`,
    detail: `${label} is at ${url}.\n\n${[...flows.slice(0, listed), ...more].join('\n')}`,
    button: `${titles[verb]} ${directions[verb]} ${label}`,
  };
}

/** One line for all: what was done, and how much of it was not. */
export function batchSentence(verb: Verb, outcomes: readonly BatchOutcome['outcome'][], environment: string): string {
  const count = (outcome: BatchOutcome['outcome']): number => outcomes.filter((one) => one === outcome).length;
  const rest = [
    [count('failed'), 'failed'],
    [count('refused'), 'not allowed'],
    [count('unknown'), 'with an unknown outcome'],
    [count('cancelled') + count('not-started'), 'not started'],
  ] as const;
  const words = rest.filter(([number]) => number > 0).map(([number, what]) => `${String(number)} ${what}`);
  const sentence = `${done[verb]} ${String(count('succeeded'))} of ${countOf(outcomes.length)} ${directions[verb]} ${environment}`;
  return words.length === 0 ? `${sentence}.` : `${sentence}: ${words.join(', ')}.`;
}

function countOf(count: number): string {
  return `${String(count)} ${count === 1 ? 'flow' : 'flows'}`;
}
