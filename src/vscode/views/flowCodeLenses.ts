import { CodeLens, Range, window, workspace, type Command, type TextDocument, type TextEditor } from 'vscode';
import { parseFlowYaml } from '../../core/flows/parseFlow';
import type { Flow } from '../../core/flows/types';
import { defaultEnvironment, flowOf } from '../../core/promotion/promotionState';
import { startOfFile } from '../../core/source';
import type { Intent } from '../../shared/intent';
import type { CellView } from '../../shared/matrixView';
import type { NodeTarget } from './treeNode';
import type { FolderState } from '../state/folderState';
import type { WorkspaceStore } from '../state/workspaceStore';
import { plainText } from '../sentences/plainText';
import { cellReadText } from './readText';
import { cellView, rowView } from './rowView';

/** VS Code drops an ordinary space between a lens's icon and its text. */
const gap = '\u00a0';

const stateIcons: Record<CellView['state'], string> = {
  'in-sync': '$(pass)',
  stale: '$(warning)',
  'not-deployed': '$(circle-large)',
  unreachable: '$(debug-disconnect)',
  unknown: '$(question)',
};

function hasCodeLenses(document: TextDocument): boolean {
  return workspace.getConfiguration('pipebase', document).get<boolean>('codeLens.enabled', true);
}

/** A CodeLens that shows a state is a view, too. */
export function isFlowVisible({ folders }: WorkspaceStore): boolean {
  const files = new Set(folders.flatMap(({ state }) => state.flows.map(({ file }) => file)));
  const isShown = ({ document }: TextEditor): boolean => files.has(document.uri.toString()) && hasCodeLenses(document);
  return window.visibleTextEditors.some(isShown);
}

/**
 * Above a flow's first route: its state in the default environment, and what can be done from here. A folder without
 * pipebase.yaml never asked for us: its files stay as they are.
 */
export async function flowCodeLenses(store: WorkspaceStore, document: TextDocument): Promise<CodeLens[]> {
  if (!hasCodeLenses(document)) {
    return [];
  }
  await store.ready();
  void store.readUnread();
  const file = document.uri.toString();
  for (const { state } of store.folders) {
    const flow = state.registry && state.flows.find((candidate) => candidate.file === file);
    if (flow) {
      const line = firstRouteLine(flow, document);
      return commandsOf(state, flow).map((command) => new CodeLens(line, command));
    }
  }
  return [];
}

/** The state is that of the file on disk, and its place that on the screen; while that is no flow, where it was. */
function firstRouteLine(flow: Flow, document: TextDocument): Range {
  const shown = document.isDirty ? parseFlowYaml(document.getText(), flow.file).routes[0] : undefined;
  const { start } = (shown ?? flow.parsed.routes[0])?.range ?? startOfFile;
  return new Range(start.line, start.column, start.line, start.column);
}

function commandsOf(state: FolderState, flow: Flow): readonly Command[] {
  const environment = defaultEnvironment(state);
  const target: NodeTarget = { kind: 'flow', folder: state.folder, flow: flow.id, file: flow.file };
  const matrix = { command: 'pipebase.flow.openMatrix', title: `$(table)${gap}Promotion Matrix`, arguments: [target] };
  if (!environment || flowOf(state, flow.id) !== flow) {
    return [matrix];
  }
  const view = cellView(state, flow, environment.id);
  if (!view) {
    return [matrix];
  }
  const unsaved = state.unsaved.has(flow.file) ? ' (unsaved edits)' : '';
  const label = view.running ?? view.label;
  const icon = view.running ? '$(sync~spin)' : stateIcons[view.state];
  const status: Command = {
    command: 'pipebase.flow.openMatrix',
    title: `${icon}${gap}${plainText(environment.label)}: ${label}${unsaved}`,
    tooltip: [view.reason, cellReadText(state, view)].filter(Boolean).join('\n'),
    arguments: [target],
  };
  return [status, ...problemCommands(state, flow, target), ...actionCommands(state, flow, environment.id), matrix];
}

/** Why nothing can be done with the flow, and the way there. */
function problemCommands(state: FolderState, flow: Flow, target: NodeTarget): readonly Command[] {
  const { problem } = rowView(state, flow);
  if (problem === undefined) {
    return [];
  }
  const title = `$(error)${gap}Cannot be deployed`;
  return [{ command: 'pipebase.flow.showFaults', title, tooltip: problem, arguments: [target] }];
}

/** Deploy to the default environment, and the promotions that leave from it: the gate decides which are there. */
function actionCommands(state: FolderState, flow: Flow, environmentId: string): readonly Command[] {
  const environments = state.registry?.environments ?? [];
  const actions = rowView(state, flow).cells.flatMap((cell) => cell.actions);
  const isOffered = (message: Intent): boolean =>
    (message.kind === 'deploy' && message.environment === environmentId) ||
    (message.kind === 'promote' && message.from === environmentId);
  return actions.flatMap(({ message, description, label }) => {
    if (message.kind === 'setToken' || message.kind === 'startLocal' || !isOffered(message)) {
      return [];
    }
    const target = environments.find(({ id }) => id === environmentId);
    const title =
      message.kind === 'deploy'
        ? `$(cloud-upload)${gap}Deploy to ${plainText(target?.label ?? environmentId)}`
        : `$(arrow-circle-up)${gap}${plainText(label)}`;
    return [{ command: `pipebase.flow.${message.kind}`, title, tooltip: description, arguments: [message] }];
  });
}
