import type { Log } from '../core/ports';

export interface LocalEnvironment {
  readonly id: string;
  readonly port: number;
}

export interface LocalEnvironmentsOptions {
  /** Each environment keeps its flows in a folder of its own in here. */
  readonly storageDirectory: string;
  readonly environments: readonly LocalEnvironment[];
  readonly tokenFor: (environmentId: string) => Promise<string>;
  readonly log?: Log;
}

/**
 * `port-in-use`: `another-window` is a Pipebase local runtime of the same environment, in another window of the
 * editor; it can be used as it is. `another-program` is anything else.
 */
export type LocalEnvironmentState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'started'; readonly port: number; readonly url: string }
  | { readonly kind: 'port-in-use'; readonly port: number; readonly heldBy: 'another-window' | 'another-program' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface LocalEnvironments {
  /** By environment id, in the order given. Replaced on each change. */
  readonly state: ReadonlyMap<string, LocalEnvironmentState>;
  /** Starts one, or all that are not running. Never rejects: what went wrong is in the result. */
  start(environmentId?: string): Promise<ReadonlyMap<string, LocalEnvironmentState>>;
  stop(environmentId?: string): Promise<void>;
  /** Forgets the flows of one or of all, running or not. */
  reset(environmentId?: string): Promise<void>;
  /** Ends every socket; nothing can be started afterwards. */
  close(): Promise<void>;
}

export function createLocalEnvironments(options: LocalEnvironmentsOptions): LocalEnvironments {
  throw new Error(`not written yet: ${options.storageDirectory}`);
}
