import { rm } from 'node:fs/promises';
import type { Log } from '../core/ports';
import { environmentFolder } from './environmentFolder';
import { startLocalRuntime, type LocalRuntime } from './localRuntime';
import { isHeldBySameEnvironment } from './portHolder';
import { Turns } from './turns';

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

/** Why those could not be reset that were not, by environment id, in the order given. */
export type LocalResetFailures = ReadonlyMap<string, string>;

/** By environment id, in the order given. */
export type LocalEnvironmentStates = ReadonlyMap<string, LocalEnvironmentState>;

/** Local environments of one workspace. Opens nothing before `start`. */
export class LocalEnvironments {
  /** Replaced on each change. */
  state: LocalEnvironmentStates;
  private readonly runtimes = new Map<string, LocalRuntime>();
  private readonly turns = new Turns();

  constructor(private readonly options: LocalEnvironmentsOptions) {
    this.state = new Map(options.environments.map(({ id }) => [id, { kind: 'stopped' }]));
  }

  /** Starts all that are not running. Never rejects: what went wrong is in the result. */
  start(): Promise<LocalEnvironmentStates> {
    return this.turns.take(async () => {
      const started = this.options.environments.map(async (environment) => {
        this.change(environment.id, await this.startOne(environment));
      });
      await Promise.all(started);
      return this.state;
    });
  }

  /** Ends every socket, those of a start under way included; the flows are kept. */
  stop(): Promise<void> {
    return this.turns.take(async () => {
      await Promise.all(this.options.environments.map(({ id }) => this.stopOne(id)));
    });
  }

  /** Forgets the flows of all, running or not. Never rejects: those of another window, or of a disk that fails, are in the result. */
  reset(): Promise<LocalResetFailures> {
    return this.turns.take(async () => {
      const failures = new Map<string, string>();
      for (const environment of this.options.environments) {
        try {
          await this.resetOne(environment);
        } catch (error) {
          failures.set(environment.id, reasonOf(error));
        }
      }
      return failures;
    });
  }

  private async startOne({ id, port }: LocalEnvironment): Promise<LocalEnvironmentState> {
    const current = this.state.get(id);
    if (current?.kind === 'started') return current;
    const first = this.options.environments.find((other) => other.port === port);
    if (first && first.id !== id) {
      return { kind: 'failed', reason: `its port ${port} is that of ${first.id}, too; give one of them another port` };
    }
    try {
      const { tokenFor, log } = this.options;
      const base = { port, environmentId: id, directory: this.directoryOf(id), token: await tokenFor(id) };
      const runtime = await startLocalRuntime(log ? { ...base, log } : base);
      this.runtimes.set(id, runtime);
      return { kind: 'started', port: runtime.port, url: runtime.url };
    } catch (error) {
      return explainFailure(error, id, port, environmentFolder(this.options.storageDirectory, id));
    }
  }

  private async stopOne(id: string): Promise<void> {
    const runtime = this.runtimes.get(id);
    this.runtimes.delete(id);
    await runtime?.close();
    this.change(id, { kind: 'stopped' });
  }

  private async resetOne({ id, port }: LocalEnvironment): Promise<void> {
    const runtime = this.runtimes.get(id);
    if (runtime) return runtime.reset();
    const directory = this.directoryOf(id);
    // It may have been started there since this window last looked, or have never been looked for.
    if (await isHeldBySameEnvironment(port, id, directory)) {
      throw new Error(`The local environment "${id}" runs in another window. Reset it there.`);
    }
    await rm(directory, { recursive: true, force: true });
  }

  private directoryOf(id: string): string {
    const directory = environmentFolder(this.options.storageDirectory, id);
    if (directory === undefined) throw new Error(`"${id}" cannot be the name of a local environment.`);
    return directory;
  }

  private change(id: string, state: LocalEnvironmentState): void {
    this.state = new Map([...this.state, [id, state]]);
  }
}

async function explainFailure(
  error: unknown,
  id: string,
  port: number,
  directory: string | undefined,
): Promise<LocalEnvironmentState> {
  const isPortHeld = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!isPortHeld) return { kind: 'failed', reason: reasonOf(error) };
  const isOwn = directory !== undefined && (await isHeldBySameEnvironment(port, id, directory));
  return { kind: 'port-in-use', port, heldBy: isOwn ? 'another-window' : 'another-program' };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
