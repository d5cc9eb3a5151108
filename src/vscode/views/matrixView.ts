import { displayText } from '../../core/displayText';
import type { Flow } from '../../core/flows/types';
import { readingOf } from '../../core/promotion/promotionState';
import type { EnvironmentReading, GoodReading } from '../../core/promotion/types';
import type { Environment } from '../../core/registry/types';
import type { EmptyView, EnvironmentView, FolderView, MatrixScope, MatrixView } from '../../shared/matrixView';
import { unreachableSentences } from '../sentences/cellSentence';
import type { FolderState } from '../state/folderState';
import { readText } from './readText';
import { rowView } from './rowView';
import { whyUnreachable } from './whyUnreachable';

export interface NamedState {
  readonly name: string;
  readonly state: FolderState;
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

function folderView(state: FolderState, scope: MatrixScope, name: string | undefined): FolderView {
  const environments = state.registry?.environments ?? [];
  const flows = scope.kind === 'all' ? state.flows : state.flows.filter(({ id }) => id === scope.flow);
  const empty = emptyView(state, flows, scope);
  return {
    key: state.folder,
    ...(name === undefined ? {} : { name }),
    environments: environments.map((environment) => environmentView(state, environment)),
    flows: flows.map((flow) => rowView(state, flow)),
    ...(empty ? { empty } : {}),
  };
}

function emptyView(state: FolderState, flows: readonly Flow[], scope: MatrixScope): EmptyView | undefined {
  const { folder } = state;
  if (!state.registry) {
    const text = 'This folder has no pipebase.yaml, which lists its environments.';
    return state.isTrusted
      ? { text, action: { label: 'Start Local Environments', command: 'startLocalEnvironments', folder } }
      : { text, action: { label: 'Manage Workspace Trust', command: 'manageTrust' } };
  }
  if (state.registry.environments.length === 0) {
    return {
      text: 'pipebase.yaml has no usable environment. The Problems panel says why.',
      action: { label: 'Open pipebase.yaml', command: 'openRegistry', folder },
    };
  }
  if (flows.length === 0 && scope.kind === 'flow') {
    return {
      text: `The flow ${displayText(scope.flow)} is not in this workspace any more.`,
      action: { label: 'Show All Flows', command: 'showAll' },
    };
  }
  return flows.length === 0
    ? {
        text: 'No flows found. A flow is a file named <id>.camel.yaml, or flow.camel.yaml in a folder named <id>.',
        action: { label: 'New Flow', command: 'newFlow', folder },
      }
    : undefined;
}

function environmentView(state: FolderState, environment: Environment): EnvironmentView {
  const next = state.registry?.environments.find(({ id }) => id === environment.promotesTo);
  return {
    id: environment.id,
    label: environment.label,
    url: environment.url,
    isDefault: environment.isDefault,
    isProtected: environment.isProtected,
    ...(next ? { promotesTo: { id: next.id, label: next.label, isCircle: environment.cycle !== undefined } } : {}),
    ...environmentHealth(state, environment),
  };
}

/** Health in a word and a line, for the matrix and the tree alike. */
export function environmentHealth(
  state: FolderState,
  environment: Environment,
): Pick<EnvironmentView, 'health' | 'healthText' | 'readText'> {
  const reading = readingOf(state, environment.id);
  return { ...healthOf(state, environment, reading), readText: readText(reading) };
}

function healthOf(
  state: FolderState,
  environment: Environment,
  reading: EnvironmentReading,
): Pick<EnvironmentView, 'health' | 'healthText'> {
  switch (reading.kind) {
    case 'not-read':
      return state.checking.has(environment.id)
        ? { health: 'checking', healthText: 'Checking…' }
        : { health: 'not-checked', healthText: state.isTrusted ? 'Not checked yet' : unreachableSentences.restricted };
    case 'failed':
      return {
        health: 'unreachable',
        healthText: whyUnreachable(state, environment) ?? '',
      };
    case 'read': {
      const trouble = healthTrouble(reading);
      const camel = reading.health?.camelVersion;
      const flows = `${String(reading.flows.size)} ${reading.flows.size === 1 ? 'flow' : 'flows'}`;
      return {
        health: trouble === undefined ? 'up' : 'degraded',
        healthText: [trouble, camel === undefined ? undefined : `Camel ${displayText(camel)}`, flows]
          .filter(Boolean)
          .join(' · '),
      };
    }
  }
}

/** Green is for a runtime that says it is up; undefined where nothing speaks against that. */
function healthTrouble({ health, healthFailure }: GoodReading): string | undefined {
  if (!health) {
    return ['Health not known', healthFailure?.replaceAll('-', ' ')].filter(Boolean).join(': ');
  }
  // Uptime, Camel version and routes are documented, a word for the whole is not: it counts where it is said.
  const isFine = ['UP', 'UNKNOWN'].includes(health.status.toUpperCase());
  return isFine ? undefined : `The runtime says ${displayText(health.status)}`;
}
