import type { Flow } from '../../core/flows/types';
import { flowReason, gate, type Operation, type Situation } from '../../core/promotion/gate';
import { flowStatus } from '../../core/promotion/flowStatus';
import { cellOf, readingOf, runningIn, situationOf } from '../../core/promotion/promotionState';
import type { CellState, UnreachableReason } from '../../core/promotion/types';
import { upstreamsOf } from '../../core/registry/promotionGraph';
import type { Environment, Registry } from '../../core/registry/types';
import { cellLabels, statusLabels } from '../../shared/labels';
import type { ActionView, CellView, FlowRowView } from '../../shared/matrixView';
import { alikeFlows, flowPath } from './alikeFlows';
import { cellSentence } from '../sentences/cellSentence';
import { clockTime } from '../sentences/clockTime';
import { gateSentence } from '../sentences/gateSentence';
import { needsRestart, needsStart } from '../sentences/localSentence';
import { verbs } from '../sentences/verbs';
import { localPlaceOf, type FolderState } from '../state/folderState';
import { whyUnreachable } from './whyUnreachable';

interface CachedRow {
  readonly inputs: readonly unknown[];
  readonly row: FlowRowView;
}

const rows = new WeakMap<Flow, CachedRow>();

/** A flow's row; made anew only where something that it shows may have changed. */
export function rowView(state: FolderState, flow: Flow): FlowRowView {
  const inputs = rowInputs(state, flow);
  const known = rows.get(flow);
  if (known && inputs.every((input, index) => input === known.inputs[index])) {
    return known.row;
  }
  const row = newRow({ state, flow, situation: situationOf(state, flow.id) });
  rows.set(flow, { inputs, row });
  return row;
}

/** Everything that a row is drawn from, beside the flow itself. */
function rowInputs(state: FolderState, flow: Flow): readonly unknown[] {
  const { registry, readings, checking, running, isTrusted, memory, local } = state;
  const own = [state.contents.get(flow), state.unsaved.has(flow.file), alikeFlows(state.flows).has(flow)];
  return [registry, readings, checking, running, isTrusted, memory.version, local, ...own];
}

interface RowContext {
  readonly state: FolderState;
  readonly flow: Flow;
  /** Knows each cell once computed: the gate asks for the same ones again and again. */
  readonly situation: Situation;
}

function newRow(context: RowContext): FlowRowView {
  const { state, flow, situation } = context;
  const environments = state.registry?.environments ?? [];
  const status = flowStatus(environments.map(({ id }) => situation.cell(id))) ?? 'unknown';
  const reason = flowReason({ flow, flowId: flow.id });
  return {
    id: flow.id,
    displayName: flow.displayName,
    ...(alikeFlows(state.flows).has(flow) ? { path: flowPath(state.folder, flow) } : {}),
    status,
    statusLabel: status === 'unknown' ? '' : statusLabels[status],
    isUnsaved: state.unsaved.has(flow.file),
    ...(reason ? { problem: gateSentence(reason, flow.displayName, (id) => id) } : {}),
    cells: environments.map((environment) => newCell(context, environment)),
  };
}

/** One cell of a flow's row. */
export function cellView(state: FolderState, flow: Flow, environmentId: string): CellView | undefined {
  return rowView(state, flow).cells.find(({ environment }) => environment === environmentId);
}

/** One cell: its state in words and what the gate allows there. */
function newCell(context: RowContext, environment: Environment): CellView {
  const { state, flow, situation } = context;
  const cell = situation.cell(environment.id);
  const running = runningIn(state, environment.id, flow.id);
  return {
    environment: environment.id,
    state: cell.state,
    label: cellLabel(state, cell, environment.id),
    reason: [cellSentence(cell, whyUnreachable(state, environment)), lastSentence(context, environment, cell)]
      .filter(Boolean)
      .join(' '),
    ...(running ? { running: `${verbs[running].doing}…` } : {}),
    actions: running ? [] : cellActions(context, environment, cell),
  };
}

/** When the last answer came, and what it said, where there is none now. It is told, and never shown as the state. */
function lastSentence({ state, flow }: RowContext, environment: Environment, cell: CellState): string {
  const reading = readingOf(state, environment.id);
  if (cell.state !== 'unreachable' || reading.kind !== 'failed' || !reading.last) {
    return '';
  }
  const { state: last } = cellOf(state, flow, environment, reading.last);
  const at = clockTime(reading.last.at);
  return last === 'unknown'
    ? `It last answered at ${at}.`
    : `When it last answered, at ${at}: ${cellLabels[last].toLowerCase()}.`;
}

function cellLabel(state: FolderState, cell: CellState, environmentId: string): string {
  if (cell.state !== 'unknown' || cell.reason !== 'not-read') {
    return cellLabels[cell.state];
  }
  return state.checking.has(environmentId) ? 'Checking…' : 'Not checked';
}

function cellActions(context: RowContext, environment: Environment, cell: CellState): readonly ActionView[] {
  const { state, flow } = context;
  const unreachable = unreachableReason(cell);
  if (needsRestart(unreachable, localPlaceOf(state, environment))) {
    return [];
  }
  if (needsStart(unreachable, localPlaceOf(state, environment))) {
    const message = { kind: 'startLocal', folder: state.folder, environment: environment.id } as const;
    const description = `Start the local environments, ${environment.label} among them`;
    return [{ label: 'Start Local Environments', description, emphasis: 'primary', message }];
  }
  if (unreachable === 'no-token' || unreachable === 'unauthorized') {
    const message = { kind: 'setToken', folder: state.folder, environment: environment.id } as const;
    return [
      {
        label: 'Set Token…',
        description: `Set the deploy token of ${environment.label}`,
        emphasis: 'primary',
        message,
      },
    ];
  }
  const promotions = promotionActions(context, environment);
  // With unsaved edits a deploy is worth offering though the file on disk is in sync: it saves first.
  const isDone = cell.state === 'in-sync' && !state.unsaved.has(flow.file);
  const deploy = isDone ? [] : deployActions(context, environment);
  return [...promotions, ...deploy, ...undeployActions(context, environment)];
}

function unreachableReason(cell: CellState): UnreachableReason | undefined {
  if (cell.state === 'unknown' && cell.reason === 'write-outcome-unread') {
    return cell.unreachable;
  }
  return cell.state === 'unreachable' ? cell.reason : undefined;
}

/** On the target's row, one per upstream that the gate lets through. */
function promotionActions(context: RowContext, target: Environment): readonly ActionView[] {
  const { state, flow } = context;
  const allowed = upstreams(state.registry, target).filter(({ id }) =>
    isAllowed(context, { kind: 'promote', from: id }),
  );
  return allowed.map((from) => ({
    label: `Promote to ${target.label}${allowed.length > 1 ? ` from ${from.label}` : ''}`,
    description: `Promote ${flow.displayName} from ${from.label} to ${target.label}`,
    emphasis: 'primary',
    message: { kind: 'promote', folder: state.folder, flow: flow.id, from: from.id },
  }));
}

/** The way to an environment with an upstream is a promotion: a deploy past it is possible, and never the bright button. */
function deployActions(context: RowContext, environment: Environment): readonly ActionView[] {
  const { state, flow } = context;
  if (!isAllowed(context, { kind: 'deploy', environment: environment.id })) {
    return [];
  }
  const hasUpstream = upstreams(state.registry, environment).length > 0;
  return [
    {
      label: 'Deploy',
      description: `Deploy ${flow.displayName} to ${environment.label}`,
      emphasis: hasUpstream ? 'secondary' : 'primary',
      message: { kind: 'deploy', folder: state.folder, flow: flow.id, environment: environment.id },
    },
  ];
}

function undeployActions(context: RowContext, environment: Environment): readonly ActionView[] {
  const { state, flow } = context;
  if (!isAllowed(context, { kind: 'undeploy', environment: environment.id })) {
    return [];
  }
  return [
    {
      label: 'Undeploy',
      description: `Undeploy ${flow.displayName} from ${environment.label}`,
      emphasis: 'secondary',
      message: { kind: 'undeploy', folder: state.folder, flow: flow.id, environment: environment.id },
    },
  ];
}

function isAllowed({ situation }: RowContext, operation: Operation): boolean {
  return gate(operation, situation).isAllowed;
}

const upstreamsByRegistry = new WeakMap<Registry, ReadonlyMap<string, readonly Environment[]>>();

/** The same for every row. */
function upstreams(registry: Registry | undefined, { id }: Environment): readonly Environment[] {
  if (!registry) {
    return [];
  }
  let known = upstreamsByRegistry.get(registry);
  if (!known) {
    const { environments } = registry;
    known = new Map(environments.map((environment) => [environment.id, upstreamsOf(environments, environment.id)]));
    upstreamsByRegistry.set(registry, known);
  }
  return known.get(id) ?? [];
}
