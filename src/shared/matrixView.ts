import type { CellStateName, FlowStatus } from '../core/promotion/types';
import type { Intent } from './intent';

/** Plain data for the matrix page: every text is final, every action is one that the gate allows. */
export interface MatrixView {
  /** All flows, or one, shown as a row per environment in promotion order. */
  readonly scope: MatrixScope;
  readonly folders: readonly FolderView[];
  /** What to say, and offer, when there is nothing to show. */
  readonly empty?: EmptyView;
}

export type MatrixScope =
  { readonly kind: 'all' } | { readonly kind: 'flow'; readonly folder: string; readonly flow: string };

export interface EmptyView {
  readonly text: string;
  /** One clear next step. */
  readonly action?: EmptyAction;
}

export interface EmptyAction {
  readonly label: string;
  readonly command: EmptyCommand;
  /** The key of the workspace folder that it is about; without it the command is about the window. */
  readonly folder?: string;
}

export type EmptyCommand =
  'startLocalEnvironments' | 'openRegistry' | 'newFlow' | 'manageTrust' | 'openFolder' | 'showAll';

export interface FolderView {
  readonly key: string;
  /** Set only where the window has several folders. */
  readonly name?: string;
  /** In promotion order. */
  readonly environments: readonly EnvironmentView[];
  readonly flows: readonly FlowRowView[];
  readonly empty?: EmptyView;
}

export interface EnvironmentView {
  readonly id: string;
  readonly label: string;
  readonly url: string;
  readonly isDefault: boolean;
  readonly isProtected: boolean;
  readonly promotesTo?: PromotionTargetView;
  readonly health: 'checking' | 'up' | 'degraded' | 'unreachable' | 'not-checked';
  /** One line, e.g. `Camel 4.14.0 · 3 flows` or the reason why it cannot be reached. */
  readonly healthText: string;
  /** Of when the answer is that is shown: `as of 10:41`, `last answered 10:41`; empty where there was none. */
  readonly readText: string;
}

export interface PromotionTargetView {
  readonly id: string;
  readonly label: string;
  /** The chain runs in a circle, so nothing is promoted along it. */
  readonly isCircle: boolean;
}

export interface FlowRowView {
  readonly id: string;
  readonly displayName: string;
  /** Of its YAML, relative to the folder, where another flow has this name or id. */
  readonly path?: string;
  readonly status: FlowStatus | 'unknown';
  readonly statusLabel: string;
  readonly isUnsaved: boolean;
  /** Why the flow cannot be deployed anywhere, where that is so. */
  readonly problem?: string;
  /** One per environment, in the same order. */
  readonly cells: readonly CellView[];
}

export interface CellView {
  readonly environment: string;
  readonly state: CellStateName;
  /** `In sync`, `Stale`, `Not deployed`, `Unreachable`, `Unknown`, `Checking…` */
  readonly label: string;
  /** A sentence, empty where the label says it all. */
  readonly reason: string;
  /** Set while an operation runs on this cell, e.g. `Deploying…` */
  readonly running?: string;
  readonly actions: readonly ActionView[];
}

export interface ActionView {
  /** `Deploy`, `Promote to test`, `Undeploy`, `Set Token…`, `Start Local Environments` */
  readonly label: string;
  /** For a screen reader, with flow and environment named. */
  readonly description: string;
  readonly emphasis: 'primary' | 'secondary';
  readonly message: Intent | AboutEnvironment<'setToken'> | AboutEnvironment<'startLocal'>;
}

interface AboutEnvironment<Kind extends string> {
  readonly kind: Kind;
  readonly folder: string;
  readonly environment: string;
}
