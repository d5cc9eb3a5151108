import { columnOf, nearestStop, stopsOf } from './gridKeys';

/**
 * Notes where the focus is, before the page changes.
 *
 * @returns puts the focus back after the change: on the same element, else as near to it as there is something left
 */
export function keepFocus(root: HTMLElement): () => void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !root.contains(focused)) return () => undefined;
  const row = focused.closest<HTMLElement>('[role="row"]');
  const grid = focused.closest<HTMLElement>('[role="grid"]');
  const column = row ? columnOf(row, focused) : 0;
  const rowIndex = row && grid ? [...grid.children].indexOf(row) : 0;
  return () => {
    if (document.activeElement === focused && focused.isConnected) return;
    const next = focused.isConnected ? focused : stopNear(root, { row, grid, column, rowIndex });
    next?.focus({ preventScroll: true });
  };
}

interface FormerPlace {
  readonly row: HTMLElement | null;
  readonly grid: HTMLElement | null;
  readonly column: number;
  readonly rowIndex: number;
}

function stopNear(root: HTMLElement, { row, grid, column, rowIndex }: FormerPlace): HTMLElement | undefined {
  if (row?.isConnected) return nearestCell(row, column);
  const other = grid?.isConnected ? grid.children[Math.min(rowIndex, grid.children.length - 1)] : undefined;
  return (other && nearestCell(other, column)) ?? root.querySelector<HTMLElement>('h1') ?? undefined;
}

/** A cell, not a button: whoever was about to press the one that is gone shall not press its neighbour. */
function nearestCell(row: Element, column: number): HTMLElement | undefined {
  const cells = stopsOf(row).filter((stop) => stop.hasAttribute('role') && columnOf(row, stop) <= column);
  return cells.at(-1) ?? nearestStop(row, 0);
}
