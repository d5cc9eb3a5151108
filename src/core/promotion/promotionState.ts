import { displayText } from '../displayText';
import type { Flow } from '../flows/types';
import type { FlowContent } from '../operations/flowContent';
import { lockPlace } from '../operations/operationLock';
import { nothingRemembered, type DeploymentMemory } from '../operations/deploymentMemory';
import type { Action } from '../operations/records';
import type { Environment, Registry } from '../registry/types';
import { cellState } from './cellState';
import type { HashVariant } from './contentHash';
import { flowStatus } from './flowStatus';
import type { Situation } from './gate';
import { schemeOfList } from './hashScheme';
import type { CellState, EnvironmentReading, FlowStatus } from './types';

/** Everything known about one workspace folder. A change makes a new one; views draw from it and decide nothing. */
export interface PromotionState {
  /** The folder's URI text. */
  readonly folder: string;
  readonly isTrusted: boolean;
  /** Undefined where the folder has no `pipebase.yaml`. */
  readonly registry: Registry | undefined;
  /** Ordered for people: by display name. */
  readonly flows: readonly Flow[];
  /** Per environment: what a deploy of a flow would send. */
  readonly contents: ReadonlyMap<Flow, ReadonlyMap<string, FlowContent>>;
  readonly readings: ReadonlyMap<string, EnvironmentReading>;
  /** Environments that are being read now. */
  readonly checking: ReadonlySet<string>;
  /** Operations under way, by {@link lockPlace}. */
  readonly running: ReadonlyMap<string, Action>;
  /** Flow files with edits that are not on disk. */
  readonly unsaved: ReadonlySet<string>;
  readonly memory: DeploymentMemory;
}

const notRead: EnvironmentReading = { kind: 'not-read' };
const notReadCell: CellState = { state: 'unknown', reason: 'not-read' };

export function readingOf(state: PromotionState, environmentId: string): EnvironmentReading {
  return state.readings.get(environmentId) ?? notRead;
}

export function environmentOf(state: PromotionState, id: string): Environment | undefined {
  return state.registry?.environments.find((environment) => environment.id === id);
}

/** The environment that a deploy goes to when none is named. */
export function defaultEnvironment(state: PromotionState): Environment | undefined {
  const environments = state.registry?.environments;
  return environments?.find(({ isDefault }) => isDefault) ?? environments?.[0];
}

export function flowOf(state: PromotionState, id: string): Flow | undefined {
  return state.flows.find((flow) => flow.id === id);
}

/** What a person knows the flow by; one that the workspace does not have is known by its id. */
export function flowNameOf(state: PromotionState, id: string): string {
  return flowOf(state, id)?.displayName ?? displayText(id);
}

export function environmentLabelOf(state: PromotionState, id: string): string {
  return environmentOf(state, id)?.label ?? displayText(id);
}

export function cellOf(
  state: PromotionState,
  flow: Flow,
  environment: Environment,
  reading = readingOf(state, environment.id),
): CellState {
  const content = state.contents.get(flow)?.get(environment.id);
  if (!content) {
    return notReadCell;
  }
  const remembered = state.memory.environment(state.folder, environment.id, environment.origin);
  return cellState({
    flowId: flow.id,
    reading,
    content,
    memory: remembered.cells.get(flow.id) ?? nothingRemembered,
    // The way that matched last is the environment's; before there is one, its own list may tell.
    scheme: remembered.variant ?? listedScheme(state, environment, reading),
  });
}

function listedScheme(
  { contents }: PromotionState,
  { id }: Environment,
  reading: EnvironmentReading,
): HashVariant | undefined {
  return reading.kind === 'read' ? schemeOfList(contents, id, reading) : undefined;
}

/** The state of a flow that the workspace does not have: there is nothing to compare it with. */
function strayCell(state: PromotionState, flowId: string, environmentId: string): CellState {
  const reading = readingOf(state, environmentId);
  switch (reading.kind) {
    case 'not-read':
      return notReadCell;
    case 'failed':
      return { state: 'unreachable', reason: reading.reason };
    case 'read':
      return reading.flows.has(flowId) ? { state: 'unknown', reason: 'not-in-workspace' } : { state: 'not-deployed' };
  }
}

export function cellsOf(state: PromotionState, flow: Flow): readonly CellState[] {
  return (state.registry?.environments ?? []).map((environment) => cellOf(state, flow, environment));
}

export function statusOf(state: PromotionState, flow: Flow): FlowStatus | undefined {
  return flowStatus(cellsOf(state, flow));
}

/** What the gate looks at, for one flow. */
export function situationOf(state: PromotionState, flowId: string): Situation {
  const flow = flowOf(state, flowId);
  const cells = new Map<string, CellState>();
  const compute = (id: string): CellState => {
    const environment = environmentOf(state, id);
    if (!environment) {
      return notReadCell;
    }
    return flow ? cellOf(state, flow, environment) : strayCell(state, flowId, id);
  };
  return {
    isTrusted: state.isTrusted,
    flowId,
    flow,
    environment: (id) => environmentOf(state, id),
    cell: (id) => {
      const cell = cells.get(id) ?? compute(id);
      cells.set(id, cell);
      return cell;
    },
    running: (id) => runningIn(state, id, flowId),
  };
}

/** The operation that is under way on a flow in an environment. */
export function runningIn(
  { running, folder }: PromotionState,
  environmentId: string,
  flowId: string,
): Action | undefined {
  // Mostly there is none, and a place's name costs more than all else about a cell.
  return running.size === 0 ? undefined : running.get(lockPlace(folder, environmentId, flowId));
}

/** Ids of flows that a runtime lists and the workspace does not have, sorted. */
export function strayFlows(state: PromotionState, environmentId: string): readonly string[] {
  const reading = readingOf(state, environmentId);
  if (reading.kind !== 'read') {
    return [];
  }
  const known = new Set(state.flows.map(({ id }) => id));
  return [...reading.flows.keys()].filter((id) => !known.has(id)).sort();
}
