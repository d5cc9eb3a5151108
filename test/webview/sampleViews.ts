import type { CellStateName, FlowStatus } from '../../src/core/promotion/types';
import { cellLabels, statusLabels } from '../../src/shared/labels';
import type {
  ActionView,
  CellView,
  EnvironmentView,
  FlowRowView,
  FolderView,
  MatrixScope,
  MatrixView,
} from '../../src/shared/matrixView';

export const folder = 'file:///project';
const ids = ['dev', 'test', 'staging', 'prod'];

export function environments(): EnvironmentView[] {
  return ids.map((id, index) => ({
    id,
    label: id,
    url: `http://localhost:818${index + 1}`,
    isDefault: index === 0,
    isProtected: id === 'prod',
    ...promotionTo(ids[index + 1]),
    health: 'up',
    healthText: `Camel 4.14.0 · ${8 - index} flows`,
    readText: `as of 10:4${index}`,
  }));
}

function promotionTo(id: string | undefined): Pick<EnvironmentView, 'promotesTo'> {
  return id === undefined ? {} : { promotesTo: { id, label: id, isCircle: false } };
}

export function deploy(flow: string, environment: string): ActionView {
  return {
    label: 'Deploy',
    description: `Deploy ${flow} to ${environment}`,
    emphasis: 'primary',
    message: { kind: 'deploy', folder, flow, environment },
  };
}

export function promote(flow: string, from: string, to: string): ActionView {
  return {
    label: `Promote to ${to}`,
    description: `Promote ${flow} from ${from} to ${to}`,
    emphasis: 'primary',
    message: { kind: 'promote', folder, flow, from },
  };
}

export function undeploy(flow: string, environment: string): ActionView {
  return {
    label: 'Undeploy',
    description: `Undeploy ${flow} from ${environment}`,
    emphasis: 'secondary',
    message: { kind: 'undeploy', folder, flow, environment },
  };
}

export function setToken(environment: string): ActionView {
  return {
    label: 'Set Token…',
    description: `Set the deploy token of ${environment}`,
    emphasis: 'primary',
    message: { kind: 'setToken', folder, environment },
  };
}

const reasons: Record<CellStateName, string> = {
  'in-sync': '',
  stale: 'The YAML changed since the last deploy.',
  'not-deployed': '',
  unreachable: 'Nothing answers at http://localhost:8183: connection refused.',
  unknown: 'The runtime gives no hash to compare.',
};

export function cell(environment: string, state: CellStateName, more: Partial<CellView> = {}): CellView {
  return { environment, state, label: cellLabels[state], reason: reasons[state], actions: [], ...more };
}

/** A flow whose state in each environment is given, with the actions that such a flow would have. */
export function flow(
  id: string,
  displayName: string,
  states: readonly CellStateName[],
  more: Partial<FlowRowView> = {},
): FlowRowView {
  const status = statusOf(states);
  return {
    id,
    displayName,
    status,
    statusLabel: statusLabels[status],
    isUnsaved: false,
    cells: states.map((state, index) => cell(ids[index] ?? '', state, { actions: actionsOf(id, states, index) })),
    ...more,
  };
}

function actionsOf(id: string, states: readonly CellStateName[], index: number): ActionView[] {
  const environment = ids[index] ?? '';
  const state = states[index];
  const actions: ActionView[] = [];
  const upstream = ids[index - 1];
  if (state === 'unreachable') return [setToken(environment)];
  if (upstream !== undefined && states[index - 1] === 'in-sync' && state !== 'in-sync') {
    actions.push(promote(id, upstream, environment));
  } else if (state !== 'in-sync') {
    actions.push(deploy(id, environment));
  }
  if (state !== 'not-deployed') actions.push(undeploy(id, environment));
  return actions;
}

function statusOf(states: readonly CellStateName[]): FlowStatus {
  if (states.every((state) => state === 'unreachable')) return 'failed';
  if (states.includes('stale')) return 'warning';
  if (states.every((state) => state === 'not-deployed' || state === 'unreachable')) return 'draft';
  return states.every((state) => state === 'in-sync') ? 'healthy' : 'partial';
}

const designerId = '019a5f2c-7d41-7b3e-9c58-2f6a1d04e8b7';

/** The flows of the sample project, in every state there is. */
export function sampleFlows(): FlowRowView[] {
  return [
    flow('orders', 'Accept orders over HTTP', ['in-sync', 'not-deployed', 'not-deployed', 'not-deployed']),
    flow(designerId, 'Archive partner files from SFTP in S3', ['in-sync', 'in-sync', 'stale', 'stale'], {
      isUnsaved: true,
    }),
    flow('customers-api', 'Customers REST API', ['in-sync', 'in-sync', 'in-sync', 'in-sync']),
    flow('payments', 'Route payments by amount and currency', ['stale', 'in-sync', 'unknown', 'not-deployed']),
    flow(
      'shipments',
      'Send shipments to the carrier, with dead letters',
      ['not-deployed', 'not-deployed', 'not-deployed', 'not-deployed'],
      {
        problem: 'shipments.camel.yaml does not parse: line 12, column 3.',
      },
    ),
    flow('price-list', 'Split the CSV price list into prices', [
      'unreachable',
      'unreachable',
      'unreachable',
      'unreachable',
    ]),
    running(
      flow('salesforce-accounts', 'Sync changed Salesforce accounts', ['in-sync', 'in-sync', 'stale', 'not-deployed']),
    ),
    flow('daily-totals', 'Write daily order totals to SQL', ['in-sync', 'stale', 'not-deployed', 'not-deployed']),
  ];
}

function running(row: FlowRowView): FlowRowView {
  return withCell(row, 'staging', { running: 'Promoting…', actions: [] });
}

/** The same flow with one cell changed. */
export function withCell(row: FlowRowView, environment: string, change: Partial<CellView>): FlowRowView {
  return {
    ...row,
    cells: row.cells.map((each) => (each.environment === environment ? { ...each, ...change } : each)),
  };
}

export function view(
  flows: readonly FlowRowView[],
  scope: MatrixScope = { kind: 'all' },
  more: Partial<FolderView> = {},
): MatrixView {
  return { scope, folders: [{ key: folder, environments: environments(), flows, ...more }] };
}

export function flowScope(id: string): MatrixScope {
  return { kind: 'flow', folder, flow: id };
}

export function manyFlows(count: number): FlowRowView[] {
  const states: CellStateName[] = ['in-sync', 'stale', 'not-deployed', 'unknown'];
  return Array.from({ length: count }, (_, index) =>
    flow(
      `flow-${index}`,
      `Flow number ${index}`,
      ids.map((_id, column) => states[(index + column) % states.length] ?? 'unknown'),
    ),
  );
}
