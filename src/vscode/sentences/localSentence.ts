import type { UnreachableReason } from '../../core/promotion/types';
import type { LocalPlace } from '../state/folderState';

/** What another program answers that knows nothing of us, or what we do not even ask it without a token. */
const ofStrangers: readonly UnreachableReason[] = ['no-token', 'unauthorized', 'rejected', 'unexpected-answer'];

/**
 * Why an environment on this machine cannot be used, and what to do, where that is not what a runtime elsewhere would
 * need. Undefined where it is the same.
 */
export function localSentence(reason: UnreachableReason, place: LocalPlace | undefined): string | undefined {
  switch (place) {
    case undefined:
      return undefined;
    case 'this-window':
      return reason === 'unauthorized' ? `${otherToken} Stop and start the local environments${takeStored}` : undefined;
    case 'another-window':
      if (reason === 'unauthorized') {
        return `${otherToken} In the window that runs it, stop and start the local environments${takeStored}`;
      }
      return needsStart(reason, place) ? stopped : undefined;
    case 'stopped':
      return needsStart(reason, place) ? stopped : undefined;
    case 'another-program':
      return ofStrangers.includes(reason) ? stranger : undefined;
  }
}

/** Whether starting the local environments again gives this one the token that is stored; no other token would help. */
export function needsRestart(reason: UnreachableReason | undefined, place: LocalPlace | undefined): boolean {
  return reason === 'unauthorized' && (place === 'this-window' || place === 'another-window');
}

/** Whether nothing runs there, and starting the local environments is what helps. Whoever answers is no such thing. */
export function needsStart(reason: UnreachableReason | undefined, place: LocalPlace | undefined): boolean {
  const isOver = place === 'stopped' || place === 'another-window';
  return isOver && (reason === 'no-token' || reason === 'network');
}

const stopped = 'Its local environment is stopped.';
const otherToken = 'It does not accept the token that is stored here.';
const takeStored = ': they begin with the stored one.';
const stranger =
  'Another program uses its port, so no local environment was started there. Start the local environments again when the port is free, or set the deploy token if that program is a runtime.';
