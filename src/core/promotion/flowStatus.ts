import type { CellState, FlowStatus } from './types';

/**
 * The status of a flow over its environments, derived and never stored. Precedence: Failed, Warning, Draft,
 * Healthy, Partial (PROMOTION-MODEL). Undefined where nothing was read yet or there is no environment.
 */
export function flowStatus(cells: readonly CellState[]): FlowStatus | undefined {
  if (cells.every((cell) => cell.state === 'unknown' && cell.reason === 'not-read')) {
    return undefined;
  }
  const has = (state: CellState['state']): boolean => cells.some((cell) => cell.state === state);
  const all = (state: CellState['state']): boolean => cells.every((cell) => cell.state === state);
  if (all('unreachable')) {
    return 'failed';
  }
  if (has('stale')) {
    return 'warning';
  }
  if (has('not-deployed') && !has('in-sync') && !has('unknown')) {
    return 'draft';
  }
  return all('in-sync') ? 'healthy' : 'partial';
}
