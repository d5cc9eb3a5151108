import { readingOf } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import { unreachableSentence } from '../sentences/cellSentence';
import { localSentence } from '../sentences/localSentence';
import { localPlaceOf, type FolderState } from '../state/folderState';

/**
 * Why an environment cannot be used, in the words that it and each of its cells say: a view that shows both can leave one
 * out. Undefined where it was not read, or answers.
 */
export function whyUnreachable(state: FolderState, environment: Environment): string | undefined {
  const reading = readingOf(state, environment.id);
  return reading.kind === 'failed'
    ? (localSentence(reading.reason, localPlaceOf(state, environment)) ?? unreachableSentence(reading))
    : undefined;
}
