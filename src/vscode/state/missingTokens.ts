import { readingOf } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import { needsStart } from '../sentences/localSentence';
import { localPlaceOf, type FolderState } from './folderState';

/**
 * The environments that wait for a deploy token. Where another program has a local one's port, no token would help; where a
 * local one is stopped, its start makes one.
 */
export function missingTokens(state: FolderState): readonly Environment[] {
  return (state.registry?.environments ?? []).filter((environment) => {
    const reading = readingOf(state, environment.id);
    const isMissing = reading.kind === 'failed' && reading.reason === 'no-token';
    const place = localPlaceOf(state, environment);
    return isMissing && place !== 'another-program' && !needsStart(reading.reason, place);
  });
}
