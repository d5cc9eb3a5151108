import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { displayText } from '../../core/displayText';
import type { Flow } from '../../core/flows/types';
import type { Environment } from '../../core/registry/types';
import type { CellView } from '../../shared/matrixView';
import type { FolderState } from '../state/folderState';
import { alikeFlows, flowPath } from './alikeFlows';
import { cellIcon, statusIcon } from './cellIcon';
import { FolderTreeDataProvider } from './folderTreeDataProvider';
import { cellReadText } from './readText';
import { rowView } from './rowView';
import type { TreeNode } from './treeNode';

/** Flows with their derived status; under each its environments in promotion order. */
export class FlowsTreeDataProvider extends FolderTreeDataProvider {
  protected override top(state: FolderState): readonly TreeNode[] {
    return flowNodes(state);
  }

  protected override below(state: FolderState, { target }: TreeNode): readonly TreeNode[] {
    const flow = target.kind === 'flow' ? state.flows.find(({ file }) => file === target.file) : undefined;
    return flow ? cellNodes(state, flow) : [];
  }
}

function flowNodes(state: FolderState): readonly TreeNode[] {
  const alike = alikeFlows(state.flows);
  return state.flows.map((flow) => flowNode(state, flow, alike.has(flow)));
}

function flowNode(state: FolderState, flow: Flow, isAlike: boolean): TreeNode {
  const { status, statusLabel, problem } = rowView(state, flow);
  const words = [
    isAlike ? flowPath(state.folder, flow) : undefined,
    statusLabel === '' ? undefined : statusLabel,
    state.unsaved.has(flow.file) ? 'unsaved' : undefined,
    problem === undefined ? undefined : 'has problems',
  ].filter((word) => word !== undefined);
  const item = new TreeItem(flow.displayName, TreeItemCollapsibleState.Collapsed);
  item.id = `flow ${state.folder} ${flow.file}`;
  item.description = words.join(' · ');
  item.iconPath =
    problem === undefined ? statusIcon(status) : new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  item.tooltip = plainTooltip([
    flow.displayName,
    `Flow id: ${displayText(flow.id)}`,
    flowPath(state.folder, flow),
    problem ?? '',
    ...environmentLines(state, flow),
  ]);
  item.contextValue = `flow+${status}${problem === undefined ? '' : '+faulty'}`;
  item.accessibilityInformation = { label: `${flow.displayName}, ${words.join(', ')}` };
  item.command = { command: 'vscode.open', title: 'Open Flow', arguments: [Uri.parse(flow.file)] };
  return { item, target: { kind: 'flow', folder: state.folder, flow: flow.id, file: flow.file } };
}

function environmentLines(state: FolderState, flow: Flow): readonly string[] {
  const { cells } = rowView(state, flow);
  return (state.registry?.environments ?? []).map(({ label }, index) => {
    const cell = cells[index];
    return `${label}: ${cell?.label ?? ''}${cell?.reason ? ` (${cell.reason})` : ''}`;
  });
}

function cellNodes(state: FolderState, flow: Flow): readonly TreeNode[] {
  const { cells } = rowView(state, flow);
  return (state.registry?.environments ?? []).flatMap((environment, index) => {
    const cell = cells[index];
    return cell ? [cellNode(state, flow, environment, cell)] : [];
  });
}

function cellNode(state: FolderState, flow: Flow, environment: Environment, view: CellView): TreeNode {
  const item = new TreeItem(environment.label, TreeItemCollapsibleState.None);
  item.id = `cell ${state.folder} ${flow.file} ${environment.id}`;
  item.description = view.running ?? [view.label, view.reason].filter(Boolean).join(' · ');
  item.iconPath = view.running ? new ThemeIcon('sync~spin') : cellIcon(view.state);
  item.tooltip = plainTooltip([
    `${flow.displayName} in ${environment.label}`,
    view.label,
    view.reason,
    cellReadText(state, view),
    environment.url,
  ]);
  item.contextValue = cellContext(view);
  item.accessibilityInformation = {
    label: [`${environment.label}: ${view.running ?? view.label}`, view.reason].filter(Boolean).join('. '),
  };
  const target = { kind: 'cell', folder: state.folder, flow: flow.id, environment: environment.id } as const;
  return { item, target };
}

/** The grammar that package.json's menus match: `cell+inSync+undeployable`. */
function cellContext(view: CellView): string {
  const can = new Set(view.actions.map(({ message }) => message.kind));
  return [
    'cell',
    view.state.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    ...(can.has('deploy') ? ['deployable'] : []),
    ...(can.has('promote') ? ['promotable'] : []),
    ...(can.has('undeploy') ? ['undeployable'] : []),
    ...(can.has('setToken') ? ['noToken'] : []),
    ...(can.has('startLocal') ? ['stopped'] : []),
  ].join('+');
}

/** Names come from files: shown as text, never as Markdown that could hold links or images. */
export function plainTooltip(lines: readonly string[]): MarkdownString {
  const tooltip = new MarkdownString();
  lines.filter(Boolean).forEach((line, index) => {
    tooltip.appendText(`${index === 0 ? '' : '\n'}${line}`);
  });
  return tooltip;
}
