import type { Log } from '../core/ports';

export interface LocalRuntimeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Empty: the runtime answers 503, as a runtime without PIPEBASE_DEPLOY_TOKEN does. */
  readonly token: string;
  /** Holds the deployed flows over restarts; made where it does not exist. */
  readonly directory: string;
  readonly environmentId: string;
  readonly log?: Log;
}

export interface LocalRuntime {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
  /** Forgets every flow, on disk too. */
  reset(): Promise<void>;
}

/** Rejects with Node's own error (`code` `EADDRINUSE` where the port is held). */
export function startLocalRuntime(options: LocalRuntimeOptions): Promise<LocalRuntime> {
  return Promise.reject(new Error(`not written yet: ${options.environmentId}`));
}
