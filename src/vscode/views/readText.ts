import { readingOf } from '../../core/promotion/promotionState';
import type { EnvironmentReading } from '../../core/promotion/types';
import type { CellView } from '../../shared/matrixView';
import { clockTime } from '../sentences/clockTime';
import type { FolderState } from '../state/folderState';

/** Of when the answer is that is shown: `as of 10:41`, `last answered 10:41`; empty where there was none. */
export function readText(reading: EnvironmentReading): string {
  switch (reading.kind) {
    case 'not-read':
      return '';
    case 'failed':
      return reading.last ? `last answered ${clockTime(reading.last.at)}` : '';
    case 'read':
      return `as of ${clockTime(reading.at)}`;
  }
}

/** Of when a cell's state is, which stays in sight while its environment is read again; empty where its reason says it. */
export function cellReadText(state: FolderState, cell: CellView): string {
  return cell.state === 'unreachable' ? '' : readText(readingOf(state, cell.environment));
}
