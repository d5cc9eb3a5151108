import type { CellState, FlowStatus } from './types';

/**
 * The status of a flow over its environments, derived and never stored (PROMOTION-MODEL). The first that holds:
 *
 * - none: there is no environment, or one was not asked yet, so that the answer would change as soon as it is; what is
 *   stale already stays so
 * - Failed: no environment answered; one that is silent after a write is as unreachable as any other
 * - Warning: stale in one at least
 * - Draft: on none of those that answered
 * - Healthy: in sync in all
 * - Partial: anything else, such as in sync where it is deployed, and not deployed, not reachable or not comparable elsewhere
 */
export function flowStatus(cells: readonly CellState[]): FlowStatus | undefined {
  const kinds = new Set(cells.map(kindOf));
  if (kinds.has('stale')) {
    return 'warning';
  }
  if (kinds.size === 0 || kinds.has('not-read')) {
    return undefined;
  }
  const [only] = kinds.size === 1 ? kinds : [];
  if (only === 'unreachable') {
    return 'failed';
  }
  if (!kinds.has('in-sync') && !kinds.has('unknown')) {
    return 'draft';
  }
  return only === 'in-sync' ? 'healthy' : 'partial';
}

/** A state as far as it matters here. */
function kindOf(cell: CellState): CellState['state'] | 'not-read' {
  if (cell.state !== 'unknown') {
    return cell.state;
  }
  switch (cell.reason) {
    case 'not-read':
      return 'not-read';
    case 'write-outcome-unread':
      return 'unreachable';
    default:
      return 'unknown';
  }
}
