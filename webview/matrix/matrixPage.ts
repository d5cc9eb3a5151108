import type { MatrixScope, MatrixView } from '../../src/shared/matrixView';
import { allFlowsParts } from './allFlowsParts';
import { messageForClick } from './clicks';
import { describeChanges } from './describeChanges';
import { element } from './element';
import { findFlow } from './findAction';
import { flowParts } from './flowParts';
import { ensureTabStop, moveInGrid, moveTabStop } from './gridKeys';
import { keepFocus } from './keepFocus';
import { type Part, showParts } from './part';
import { texts } from './texts';
import type { VscodeApi } from './vscodeApi';

export interface MatrixPage {
  show(view: MatrixView): void;
}

/** The page: shows what the extension sends, and sends what a person asks for. */
export function matrixPage(root: HTMLElement, api: VscodeApi): MatrixPage {
  const content = element('div', { class: 'content' });
  const announcement = element('div', { class: 'hidden-text', role: 'status' });
  root.replaceChildren(content, announcement);
  showParts(content, [loadingPart]);

  let shown: MatrixView | undefined;
  let allFlowsScroll = 0;

  content.addEventListener('click', ({ target, detail: clicksInARow }) => {
    // By the second click of a double click something else may be under the pointer: Undeploy, where Deploy was.
    if (clicksInARow > 1) return;
    if (shown === undefined || !(target instanceof Element) || isSelectingText()) return;
    const message = messageForClick(shown, target);
    if (message) api.postMessage(message);
  });
  content.addEventListener('keydown', (event) => {
    if (moveInGrid(event)) event.preventDefault();
    else if (event.key === 'Enter') openFromCell(event);
  });
  content.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element) moveTabStop(target);
  });

  /** Enter on a cell without buttons does what a click does. */
  function openFromCell(event: KeyboardEvent): void {
    if (event.target instanceof HTMLElement && event.target.matches('[role="gridcell"]')) event.target.click();
  }

  function show(view: MatrixView): void {
    const before = shown;
    shown = view;
    if (before !== undefined && isSameScope(before.scope, view.scope)) {
      const restoreFocus = keepFocus(content);
      draw(view);
      restoreFocus();
      announce(describeChanges(before, view));
      return;
    }
    api.setState({ scope: view.scope });
    if (before?.scope.kind === 'all') allFlowsScroll = window.scrollY;
    draw(view);
    window.scrollTo(0, view.scope.kind === 'all' ? allFlowsScroll : 0);
    if (before !== undefined && document.hasFocus()) landingPlace(content, before.scope, view.scope)?.focus();
  }

  function draw(view: MatrixView): void {
    showParts(content, partsOf(view));
    for (const grid of content.querySelectorAll('[role="grid"]')) ensureTabStop(grid);
  }

  function announce(text: string): void {
    if (text !== '') announcement.textContent = text;
  }

  return { show };
}

const loadingPart: Part = {
  key: 'loading',
  content: '',
  render: () => element('p', { class: 'loading' }, texts.loading),
};

function partsOf(view: MatrixView): Part[] {
  if (view.scope.kind === 'all') return allFlowsParts(view);
  const { folder: key, flow: id } = view.scope;
  const place = findFlow(view, key, id);
  return flowParts(view, place?.folder ?? view.folders.find((folder) => folder.key === key), place?.flow);
}

function isSameScope(one: MatrixScope, other: MatrixScope): boolean {
  if (one.kind === 'all' || other.kind === 'all') return one.kind === other.kind;
  return one.folder === other.folder && one.flow === other.flow;
}

/** Where the focus goes when the view changes: to the flow that one comes back from, else to the new heading. */
function landingPlace(content: HTMLElement, from: MatrixScope, to: MatrixScope): HTMLElement | undefined {
  const row = from.kind === 'flow' && to.kind === 'all' ? findRow(content, from.folder, from.flow) : undefined;
  return row?.querySelector<HTMLElement>('.flow-name') ?? content.querySelector<HTMLElement>('h1') ?? undefined;
}

function findRow(content: HTMLElement, folder: string, flow: string): HTMLElement | undefined {
  return [...content.querySelectorAll<HTMLElement>('[data-row]')].find(
    (row) => row.dataset.row === flow && row.closest<HTMLElement>('[data-folder]')?.dataset.folder === folder,
  );
}

/** A row can be clicked, but its texts can be marked and copied, too. */
function isSelectingText(): boolean {
  return getSelection()?.type === 'Range';
}
