import type { CellView, EnvironmentView, FlowRowView, FolderView, MatrixView } from '../../src/shared/matrixView';
import { fullActions } from './actionButtons';
import { element, hiddenText } from './element';
import { emptyPart } from './emptyPart';
import { environmentHealth, environmentMarks } from './environmentMarks';
import { flowId, flowStatus, unsavedMark } from './flowStatus';
import { icon } from './icon';
import type { Part } from './part';
import { promotionHint } from './promotionHint';
import { texts } from './texts';

/** One flow: a row for each environment, in promotion order, each with its state and what can be done there. */
export function flowParts(view: MatrixView, folder: FolderView | undefined, flow: FlowRowView | undefined): Part[] {
  const header: Part = {
    key: 'header',
    content: JSON.stringify({ ...flow, cells: [], folder: folder?.name }),
    render: () => flowPageHeader(flow, folder?.name),
  };
  const empty = view.empty ?? folder?.empty;
  return [header, ...emptyPart(empty), ...(folder && flow ? [gridPart(folder, flow)] : [])];
}

function flowPageHeader(flow: FlowRowView | undefined, folderName: string | undefined): HTMLElement {
  const back = element('button', { class: 'link back', 'data-do': 'showAll' }, icon('back'), texts.allFlows);
  const name = flow?.displayName ?? texts.title;
  return element(
    'header',
    { class: 'page-header flow-page-header' },
    element('nav', {}, back, folderName === undefined ? undefined : element('span', { class: 'ellipsis' }, folderName)),
    element('h1', { tabindex: '-1' }, name),
    flow === undefined ? undefined : flowSummary(flow),
    flow?.problem === undefined
      ? undefined
      : element('p', { class: 'problem' }, icon('stale'), element('span', {}, flow.problem)),
  );
}

function flowSummary(flow: FlowRowView): HTMLElement {
  const yaml = element('button', { class: 'link', 'data-do': 'openYaml' }, icon('yaml'), texts.openYaml);
  return element('div', { class: 'flow-summary' }, flowStatus(flow), flowId(flow), unsavedMark(flow), yaml);
}

function gridPart(folder: FolderView, flow: FlowRowView): Part {
  const attributes = {
    class: 'grid one-flow',
    role: 'grid',
    'aria-label': texts.environmentsOf(flow.displayName),
    'data-folder': folder.key,
    'data-row': flow.id,
  };
  return {
    key: `grid ${folder.key} ${flow.id}`,
    render: () => element('div', attributes),
    children: () => [
      headingRow,
      ...folder.environments.flatMap((environment, index) => rowFor(folder, flow, environment, index)),
    ],
  };
}

const headingRow: Part = {
  key: 'columns',
  content: '',
  render: () =>
    element(
      'div',
      { class: 'row columns', role: 'row' },
      ...[texts.environment, texts.state, texts.actions].map((text) =>
        element('div', { class: 'column', role: 'columnheader' }, text),
      ),
    ),
};

function rowFor(folder: FolderView, flow: FlowRowView, environment: EnvironmentView, index: number): Part[] {
  const cell = flow.cells.find((candidate) => candidate.environment === environment.id);
  return cell === undefined ? [] : [environmentPart(environment, cell, feedsNext(folder.environments, index))];
}

/** Whether the line in the margin runs on to the row below. */
function feedsNext(environments: readonly EnvironmentView[], index: number): boolean {
  const next = environments[index + 1];
  return next !== undefined && environments[index]?.promotesTo?.id === next.id;
}

function environmentPart(environment: EnvironmentView, cell: CellView, isLinked: boolean): Part {
  const running = cell.running === undefined ? '' : ' is-running';
  return {
    key: `environment ${environment.id}`,
    content: JSON.stringify([environment, cell, isLinked]),
    render: () =>
      element('div', {
        class: `row environment state-${cell.state}${isLinked ? ' is-linked' : ''}${running}`,
        role: 'row',
        'data-cell': cell.environment,
      }),
    children: () => [
      {
        key: 'environment',
        content: JSON.stringify([environment, isSaidByState(environment, cell)]),
        render: () => environmentHeader(environment, cell),
      },
      {
        key: 'state',
        content: JSON.stringify([cell.label, cell.reason, cell.running, cell.state]),
        render: () => stateCell(cell),
      },
      { key: 'actions', content: JSON.stringify(cell.actions), render: () => actionsCell(cell) },
    ],
  };
}

/** Why an environment cannot be reached, and what it said before that, stands beside it: once is enough. */
function isSaidByState({ health, healthText }: EnvironmentView, { reason }: CellView): boolean {
  return health === 'unreachable' && reason.includes(healthText);
}

function environmentHeader(environment: EnvironmentView, cell: CellView): HTMLElement {
  const { label, url, promotesTo, health } = environment;
  return element(
    'div',
    { class: `environment-header health-${health}`, role: 'rowheader', tabindex: '-1', 'data-stop': true },
    element(
      'div',
      { class: 'column-name' },
      element('span', { class: 'ellipsis environment-label', title: label }, label),
      ...environmentMarks(environment),
      promotesTo && promotionHint(promotesTo, 'span'),
    ),
    element('div', { class: 'environment-url ellipsis', title: url }, url),
    isSaidByState(environment, cell) ? undefined : environmentHealth(environment),
  );
}

function stateCell(cell: CellView): HTMLElement {
  return element(
    'div',
    { class: 'state-cell', role: 'gridcell', tabindex: '-1', 'data-stop': true },
    cell.running === undefined ? stateBadge(cell) : runningNow(cell.running),
    cell.reason === '' ? undefined : element('p', { class: 'reason' }, cell.reason),
  );
}

function stateBadge({ state, label }: CellView): HTMLElement {
  return element('span', { class: 'badge' }, icon(state), element('span', { class: 'ellipsis' }, label));
}

function runningNow(text: string): HTMLElement {
  return element('span', { class: 'badge running' }, icon('running'), element('span', { class: 'ellipsis' }, text));
}

function actionsCell({ actions }: CellView): HTMLElement {
  const shown = actions.length === 0 ? [hiddenText(texts.noActions)] : fullActions(actions);
  return element('div', { class: 'actions-cell', role: 'gridcell' }, ...shown);
}
