import type { CellView, EnvironmentView, FlowRowView, FolderView, MatrixView } from '../../src/shared/matrixView';
import { compactActions } from './actionButtons';
import { element, hiddenText } from './element';
import { emptyPart } from './emptyPart';
import { environmentHealth, environmentMarks } from './environmentMarks';
import { flowId, flowStatus, unsavedMark } from './flowStatus';
import { icon } from './icon';
import type { Part } from './part';
import { promotionHint } from './promotionHint';
import { stateText } from './stateText';
import { texts } from './texts';
import { withUniqueKeys } from './uniqueKeys';

/** All flows × environments: a grid for each workspace folder. */
export function allFlowsParts(view: MatrixView): Part[] {
  const header: Part = { key: 'header', content: '', render: pageHeader };
  return [header, ...emptyPart(view.empty), ...view.folders.map(folderPart)];
}

function pageHeader(): HTMLElement {
  const refresh = element(
    'vscode-button',
    { appearance: 'icon', 'aria-label': texts.refresh, title: texts.refresh, 'data-do': 'refresh' },
    icon('refresh'),
  );
  return element('header', { class: 'page-header' }, element('h1', { tabindex: '-1' }, texts.title), refresh);
}

function folderPart(folder: FolderView): Part {
  return {
    key: `folder ${folder.key}`,
    render: () => element('section', { class: 'folder', 'data-folder': folder.key, 'aria-label': folder.name }),
    children: () => [...folderName(folder), ...emptyPart(folder.empty), ...folderGrid(folder)],
  };
}

function folderName({ name }: FolderView): Part[] {
  if (name === undefined) return [];
  return [{ key: 'name', content: name, render: () => element('h2', { class: 'folder-name', title: name }, name) }];
}

function folderGrid(folder: FolderView): Part[] {
  if (folder.flows.length === 0) return [];
  const attributes = {
    class: 'grid all-flows',
    role: 'grid',
    'aria-label': texts.flowsIn(folder.name),
    'aria-rowcount': String(folder.flows.length + 1),
    'aria-colcount': String(folder.environments.length + 1),
  };
  const rows = withUniqueKeys(folder.flows, (flow) => flow.id);
  return [
    {
      key: 'grid',
      render: () => element('div', attributes),
      children: () => [columnHeaders(folder.environments), ...rows.map(([key, flow]) => flowPart(key, flow))],
    },
  ];
}

function columnHeaders(environments: readonly EnvironmentView[]): Part {
  return {
    key: 'columns',
    content: JSON.stringify(environments),
    render: () => element('div', { class: 'row columns', role: 'row' }),
    children: () => [
      { key: 'flow', content: '', render: () => element('div', { class: 'column', role: 'columnheader' }, texts.flow) },
      ...environments.map(columnPart),
    ],
  };
}

function columnPart(environment: EnvironmentView): Part {
  const { id, label, url, promotesTo, healthText, readText } = environment;
  return {
    key: `environment ${id}`,
    content: JSON.stringify(environment),
    render: () =>
      element(
        'div',
        {
          class: `column health-${environment.health}`,
          role: 'columnheader',
          title: [label, url, healthText, readText].filter(Boolean).join('\n'),
          tabindex: '-1',
          'data-stop': true,
        },
        element(
          'div',
          { class: 'column-name' },
          element('span', { class: 'ellipsis environment-label' }, label),
          ...environmentMarks(environment),
        ),
        promotesTo === undefined ? element('div', { class: 'promotes-to' }) : promotionHint(promotesTo, 'div'),
        environmentHealth(environment),
      ),
  };
}

function flowPart(key: string, flow: FlowRowView): Part {
  const { cells, ...rest } = flow;
  return {
    key: `flow ${key}`,
    content: JSON.stringify(flow),
    render: () => element('div', { class: 'row flow', role: 'row', 'data-row': key }),
    children: () => [
      { key: 'name', content: JSON.stringify(rest), render: () => flowHeader(flow) },
      ...cells.map((cell) => cellPart(cell)),
    ],
  };
}

function flowHeader(flow: FlowRowView): HTMLElement {
  const { displayName } = flow;
  const name = element(
    'button',
    { class: 'flow-name ellipsis', tabindex: '-1', title: displayName, 'data-do': 'openFlow', 'data-stop': true },
    displayName,
  );
  const yaml = element(
    'button',
    {
      class: 'icon-button',
      tabindex: '-1',
      title: texts.openYaml,
      'aria-label': texts.openYamlOf(displayName),
      'data-do': 'openYaml',
      'data-stop': true,
    },
    icon('yaml'),
  );
  const details = element('div', { class: 'flow-details' }, flowStatus(flow), flowId(flow));
  return element(
    'div',
    { class: 'flow-header', role: 'rowheader' },
    element('div', { class: 'flow-title' }, name, problemMark(flow), unsavedMark(flow), yaml),
    details,
  );
}

function problemMark({ problem }: FlowRowView): HTMLElement | undefined {
  if (problem === undefined) return undefined;
  return element('span', { class: 'problem-mark', title: problem }, icon('stale'), hiddenText(problem));
}

function cellPart(cell: CellView): Part {
  return {
    key: `cell ${cell.environment}`,
    content: JSON.stringify(cell),
    render: () =>
      element(
        'div',
        {
          class: `cell state-${cell.state}`,
          role: 'gridcell',
          title: cell.reason === '' ? cell.label : `${cell.label}: ${cell.reason}`,
          tabindex: '-1',
          'data-stop': true,
          'data-cell': cell.environment,
        },
        stateText(cell),
        cell.reason === '' ? undefined : hiddenText(cell.reason),
        compactActions(cell.actions),
      ),
  };
}
