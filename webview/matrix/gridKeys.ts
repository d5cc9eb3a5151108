/**
 * Arrow keys in a grid, after the ARIA authoring practices. A *stop* is what the arrow keys visit; exactly one stop of
 * each grid is in the tab order. *Inner* buttons sit inside a stop: Enter goes to them, Escape comes back.
 */

const stopSelector = '[data-stop]';
const innerSelector = '[data-inner]';
const rowsPerPage = 10;

/** @returns whether the key was meant for the grid and has been dealt with */
export function moveInGrid(event: KeyboardEvent): boolean {
  const from =
    event.target instanceof Element ? event.target.closest<HTMLElement>(`${stopSelector}, ${innerSelector}`) : null;
  const grid = from?.closest<HTMLElement>('[role="grid"]');
  if (!from || !grid || event.altKey || event.shiftKey || event.metaKey) return false;
  const to = from.matches(innerSelector) ? targetFromInner(from, event) : targetFromStop(grid, from, event);
  to?.focus();
  return to !== undefined;
}

/** Gives a grid its one tab stop: the one that has it, else the first of its first row with a flow or environment. */
export function ensureTabStop(grid: Element): void {
  const stops = [...grid.querySelectorAll<HTMLElement>(stopSelector)];
  const current = stops.filter((stop) => stop.tabIndex === 0);
  if (current.length === 1) return;
  for (const extra of current) extra.tabIndex = -1;
  const first = current[0] ?? grid.querySelector<HTMLElement>(`.row:not(.columns) ${stopSelector}`) ?? stops[0];
  if (first) first.tabIndex = 0;
}

/** The stop that was visited last is where Tab comes back to. */
export function moveTabStop(focused: Element): void {
  const stop = focused.closest<HTMLElement>(stopSelector);
  const grid = stop?.closest('[role="grid"]');
  if (!stop || !grid || stop.tabIndex === 0) return;
  for (const former of grid.querySelectorAll<HTMLElement>(`${stopSelector}[tabindex="0"]`)) former.tabIndex = -1;
  stop.tabIndex = 0;
}

function targetFromStop(grid: HTMLElement, from: HTMLElement, event: KeyboardEvent): HTMLElement | undefined {
  const row = from.closest<HTMLElement>('[role="row"]');
  if (row === null) return undefined;
  const stops = stopsOf(row);
  const index = stops.indexOf(from);
  switch (event.key) {
    case 'ArrowRight':
      return stops[Math.min(index + 1, stops.length - 1)];
    case 'ArrowLeft':
      return stops[Math.max(index - 1, 0)];
    case 'ArrowDown':
      return inOtherRow(grid, row, from, 1);
    case 'ArrowUp':
      return inOtherRow(grid, row, from, -1);
    case 'PageDown':
      return inOtherRow(grid, row, from, rowsPerPage);
    case 'PageUp':
      return inOtherRow(grid, row, from, -rowsPerPage);
    case 'Home':
      return event.ctrlKey ? inOtherRow(grid, row, from, -Infinity) : stops[0];
    case 'End':
      return event.ctrlKey ? inOtherRow(grid, row, from, Infinity) : stops.at(-1);
    case 'Enter':
    case 'F2':
      return visibleInner(from)[0];
    default:
      return undefined;
  }
}

function targetFromInner(from: HTMLElement, event: KeyboardEvent): HTMLElement | undefined {
  const stop = from.closest<HTMLElement>(stopSelector) ?? undefined;
  const inner = stop ? visibleInner(stop) : [];
  const index = inner.indexOf(from);
  switch (event.key) {
    case 'Escape':
    case 'F2':
      return stop;
    case 'ArrowRight':
      return inner[Math.min(index + 1, inner.length - 1)];
    case 'ArrowLeft':
      return inner[index - 1] ?? stop;
    case 'Home':
      return inner[0];
    case 'End':
      return inner.at(-1);
    default:
      return undefined;
  }
}

/** The same column, so many rows further, or as far as there are rows. */
function inOtherRow(grid: HTMLElement, row: HTMLElement, from: HTMLElement, by: number): HTMLElement | undefined {
  const rows = [...grid.querySelectorAll<HTMLElement>('[role="row"]')].filter((each) =>
    each.querySelector(stopSelector),
  );
  const index = Math.min(Math.max(rows.indexOf(row) + by, 0), rows.length - 1);
  const other = rows[index];
  if (other === undefined) return undefined;
  const column = columnOf(row, from);
  const cell = other.children[column];
  const position = row.children[column] ? stopsIn(row.children[column]).indexOf(from) : 0;
  const candidates = cell ? stopsIn(cell) : [];
  return candidates[Math.min(position, candidates.length - 1)] ?? nearestStop(other, column);
}

/** The last stop at or before a column, else the row's first. */
export function nearestStop(row: Element, column: number): HTMLElement | undefined {
  const stops = stopsOf(row);
  return stops.filter((stop) => columnOf(row, stop) <= column).at(-1) ?? stops[0];
}

export function columnOf(row: Element, within: Element): number {
  return [...row.children].findIndex((cell) => cell.contains(within));
}

/** Without those that a narrow window leaves out. */
export function stopsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>(stopSelector)].filter((stop) => stop.checkVisibility());
}

function stopsIn(cell: Element): HTMLElement[] {
  const inside = stopsOf(cell);
  return cell instanceof HTMLElement && cell.matches(stopSelector) ? [cell, ...inside] : inside;
}

/** In a narrow window the small buttons are not there; the flow's own page has them. */
function visibleInner(stop: HTMLElement): HTMLElement[] {
  return [...stop.querySelectorAll<HTMLElement>(innerSelector)].filter((button) => button.checkVisibility());
}
