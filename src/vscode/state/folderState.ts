import type { PromotionState } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';

/** Who had the port of a local environment when it was last to be started; `stopped`: nobody, as far as we know. */
export type LocalPlace = 'this-window' | 'another-window' | 'another-program' | 'stopped';

/** By URL. Without an entry: no local environment of this folder, as far as we know. */
export type LocalPlaces = ReadonlyMap<string, LocalPlace>;

/** What views draw from: the promotion state of a folder, and what stands behind its URLs on this machine. */
export interface FolderState extends PromotionState {
  readonly local?: LocalPlaces;
}

export function localPlaceOf({ local }: FolderState, { url }: Environment): LocalPlace | undefined {
  return local?.get(url);
}
