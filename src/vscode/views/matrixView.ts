import type { Flow } from '../../core/flows/types';
import { gate, flowReason, type GateVerdict, type Operation } from '../../core/promotion/gate';
import { cellOf, readingOf, situationOf, statusOf, type PromotionState } from '../../core/promotion/promotionState';
import type { CellState } from '../../core/promotion/types';
import { lockPlace } from '../../core/operations/operationLock';
import { upstreamsOf } from '../../core/registry/promotionGraph';
import type { Environment } from '../../core/registry/types';
import { cellLabels, statusLabels } from '../../shared/labels';
import type {
  ActionView,
  CellView,
  EmptyView,
  EnvironmentView,
  FlowRowView,
  FolderView,
  MatrixScope,
  MatrixView,
} from '../../shared/matrixView';
import { cellSentence, unreachableSentences } from '../sentences/cellSentence';
import { gateSentence } from '../sentences/gateSentence';

export interface NamedState {
  readonly name: string;
  readonly state: PromotionState;
}

/** The matrix page's data: one view of the state, for all flows or for one. */
export function matrixView(folders: readonly NamedState[], scope: MatrixScope): MatrixView {
  const inScope = scope.kind === 'all' ? folders : folders.filter(({ state }) => state.folder === scope.folder);
  const views = inScope.map(({ name, state }) => folderView(state, scope, folders.length > 1 ? name : undefined));
  const empty = folders.length === 0 ? noFolder : undefined;
  return { scope, folders: views, ...(empty ? { empty } : {}) };
}

const noFolder: EmptyView = {
  text: 'Open the folder that holds your Camel flows.',
  action: { label: 'Open Folder', command: 'openFolder' },
};

function folderView(state: PromotionState, scope: MatrixScope, name: string | undefined): FolderView {
  const environments = state.registry?.environments ?? [];
  const flows = scope.kind === 'all' ? state.flows : state.flows.filter(({ id }) => id === scope.flow);
  const empty = emptyView(state, flows, scope);
  return {
    key: state.folder,
    ...(name === undefined ? {} : { name }),
    environments: environments.map((environment) => environmentView(state, environment)),
    flows: flows.map((flow) => rowView(state, flow, environments)),
    ...(empty ? { empty } : {}),
  };
}

function emptyView(state: PromotionState, flows: readonly Flow[], scope: MatrixScope): EmptyView | undefined {
  if (!state.registry) {
    const text = 'This folder has no pipebase.yaml, which lists its environments.';
    return state.isTrusted
      ? { text, action: { label: 'Start Local Environments', command: 'startLocalEnvironments' } }
      : { text, action: { label: 'Manage Workspace Trust', command: 'manageTrust' } };
  }
  if (state.registry.environments.length === 0) {
    return { text: 'pipebase.yaml has no usable environment. The Problems panel says why.' };
  }
  if (flows.length === 0 && scope.kind === 'flow') {
    return {
      text: `The flow ${scope.flow} is not in this workspace any more.`,
      action: { label: 'Show All Flows', command: 'showAll' },
    };
  }
  return flows.length === 0
    ? { text: 'No flows found. A flow is a file named <id>.camel.yaml, or flow.camel.yaml in a folder named <id>.' }
    : undefined;
}

function environmentView(state: PromotionState, environment: Environment): EnvironmentView {
  const next = state.registry?.environments.find(({ id }) => id === environment.promotesTo);
  return {
    id: environment.id,
    label: environment.label,
    url: environment.url,
    isDefault: environment.isDefault,
    isProtected: environment.isProtected,
    ...(next ? { promotesTo: next.label } : {}),
    ...environmentHealth(state, environment.id),
  };
}

/** Health in a word and a line, for the matrix and the tree alike. */
export function environmentHealth(
  state: PromotionState,
  environmentId: string,
): Pick<EnvironmentView, 'health' | 'healthText'> {
  const reading = readingOf(state, environmentId);
  switch (reading.kind) {
    case 'not-read':
      return state.checking.has(environmentId)
        ? { health: 'checking', healthText: 'Checking…' }
        : { health: 'not-checked', healthText: state.isTrusted ? 'Not checked yet' : unreachableSentences.restricted };
    case 'failed':
      return {
        health: 'unreachable',
        healthText: [unreachableSentences[reading.reason], reading.detail].filter(Boolean).join(' '),
      };
    case 'read': {
      const camel = reading.health?.camelVersion;
      const flows = `${String(reading.flows.size)} ${reading.flows.size === 1 ? 'flow' : 'flows'}`;
      return {
        health: 'up',
        healthText: [camel === undefined ? undefined : `Camel ${camel}`, flows].filter(Boolean).join(' · '),
      };
    }
  }
}

function rowView(state: PromotionState, flow: Flow, environments: readonly Environment[]): FlowRowView {
  const status = statusOf(state, flow) ?? 'unknown';
  const reason = flowReason({ flow, flowId: flow.id });
  return {
    id: flow.id,
    displayName: flow.displayName,
    status,
    statusLabel: status === 'unknown' ? '' : statusLabels[status],
    isUnsaved: state.unsaved.has(flow.file),
    ...(reason ? { problem: gateSentence(reason, flow.displayName, (id) => id) } : {}),
    cells: environments.map((environment) => cellView(state, flow, environment)),
  };
}

const runningLabels = { deploy: 'Deploying…', promote: 'Promoting…', undeploy: 'Undeploying…' };

/** One cell: its state in words and what the gate allows there. */
export function cellView(state: PromotionState, flow: Flow, environment: Environment): CellView {
  const cell = cellOf(state, flow, environment);
  const running = state.running.get(lockPlace(state.folder, environment.id, flow.id));
  return {
    environment: environment.id,
    state: cell.state,
    label: cellLabel(state, cell, environment.id),
    reason: cellSentence(cell),
    ...(running ? { running: runningLabels[running] } : {}),
    actions: running ? [] : cellActions(state, flow, environment, cell),
  };
}

function cellLabel(state: PromotionState, cell: CellState, environmentId: string): string {
  if (cell.state !== 'unknown' || cell.reason !== 'not-read') {
    return cellLabels[cell.state];
  }
  return state.checking.has(environmentId) ? 'Checking…' : 'Not checked';
}

function cellActions(
  state: PromotionState,
  flow: Flow,
  environment: Environment,
  cell: CellState,
): readonly ActionView[] {
  if (cell.state === 'unreachable' && (cell.reason === 'no-token' || cell.reason === 'unauthorized')) {
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
  const promotions = promotionActions(state, flow, environment);
  // With unsaved edits a deploy is worth offering though the file on disk is in sync: it saves first.
  const isDone = cell.state === 'in-sync' && !state.unsaved.has(flow.file);
  const deploy = isDone ? [] : deployActions(state, flow, environment);
  return [...promotions, ...deploy, ...undeployActions(state, flow, environment)];
}

/** On the target's row, one per upstream that the gate lets through. */
function promotionActions(state: PromotionState, flow: Flow, target: Environment): readonly ActionView[] {
  const upstreams = upstreamsOf(state.registry?.environments ?? [], target.id);
  const allowed = upstreams.filter((from) => ask(state, flow, { kind: 'promote', from: from.id }).isAllowed);
  return allowed.map((from) => ({
    label: `Promote to ${target.label}${allowed.length > 1 ? ` from ${from.label}` : ''}`,
    description: `Promote ${flow.displayName} from ${from.label} to ${target.label}`,
    emphasis: 'primary',
    message: { kind: 'promote', folder: state.folder, flow: flow.id, from: from.id },
  }));
}

/** The way to an environment with an upstream is a promotion: a deploy past it is possible, and never the bright button. */
function deployActions(state: PromotionState, flow: Flow, environment: Environment): readonly ActionView[] {
  const hasUpstream = upstreamsOf(state.registry?.environments ?? [], environment.id).length > 0;
  if (!ask(state, flow, { kind: 'deploy', environment: environment.id }).isAllowed) {
    return [];
  }
  return [
    {
      label: 'Deploy',
      description: `Deploy ${flow.displayName} to ${environment.label}`,
      emphasis: hasUpstream ? 'secondary' : 'primary',
      message: { kind: 'deploy', folder: state.folder, flow: flow.id, environment: environment.id },
    },
  ];
}

function undeployActions(state: PromotionState, flow: Flow, environment: Environment): readonly ActionView[] {
  if (!ask(state, flow, { kind: 'undeploy', environment: environment.id }).isAllowed) {
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

function ask(state: PromotionState, flow: Flow, operation: Operation): GateVerdict {
  return gate(operation, situationOf(state, flow.id));
}
