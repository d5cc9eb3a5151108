import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../host/freePorts';
import { type OwnedProcess, startOwnedProcess } from '../host/ownedProcess';
import { temporaryFolder } from '../host/temporaryFolder';
import { within } from '../host/within';
import { buildCamelRuntime } from './buildCamelRuntime';
import type { JavaAndMaven } from './findJavaAndMaven';
import { vectors } from './placeholderVectors';

/** In promotion order. */
export const camelEnvironments = ['dev', 'test', 'staging', 'prod'] as const;
export type CamelEnvironment = (typeof camelEnvironments)[number];

const startPatienceMs = 60_000;
/** Short-lived and small: what makes a JVM fast in the long run would only slow the start. */
const jvmOptions = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-Xmx192m', '-Dfile.encoding=UTF-8'];

/** Where a runtime listens and keeps its flows. */
export interface CamelPlace<Id extends string = string> {
  readonly id: Id;
  readonly port: number;
  readonly token: string;
  readonly directory: string;
}

interface CamelCommand {
  readonly java: string;
  readonly classPath: string;
  /** Variables beside what a JVM needs, from which Camel answers placeholders, too. */
  readonly environment: NodeJS.ProcessEnv;
  /** JVM properties. */
  readonly system: Readonly<Record<string, string>>;
}

/** Apache Camel behind the management API, in a process of its own. */
export class CamelRuntime {
  private process: OwnedProcess | undefined;
  private log = '';
  readonly id: string;
  readonly port: number;
  readonly token: string;

  constructor(
    private readonly place: CamelPlace,
    private readonly command: CamelCommand,
    private readonly onOutput: (text: string) => void = () => undefined,
  ) {
    ({ id: this.id, port: this.port, token: this.token } = place);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where it keeps its flows: not what it would take by itself, which is `routes`. */
  get flowsDirectory(): string {
    return join(this.place.directory, 'flows');
  }

  /** Everything it wrote so far, over restarts. */
  output(): string {
    return this.log;
  }

  /** Resolves when every stored flow runs and the API answers. */
  async start(): Promise<void> {
    const { java, classPath, system } = this.command;
    const properties = Object.entries(system).map(([key, value]) => `-D${key}=${value}`);
    const args = [...jvmOptions, ...properties, '-cp', classPath, 'pipebase.runtime.RuntimeMain'];
    mkdirSync(this.place.directory, { recursive: true });
    const process = startOwnedProcess(java, args, { cwd: this.place.directory, env: this.environment() });
    this.process = process;
    process.onOutput((text) => {
      this.log += text;
      this.onOutput(text);
    });
    if (await within(startPatienceMs, false, isReady(process))) return;
    await this.stop();
    throw new Error(`The Camel runtime ${this.id} did not start:\n${this.log}`);
  }

  /** Ends the process tree; by SIGKILL as a power cut would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.process?.stop(signal);
    this.process = undefined;
  }

  /** Of this process's environment only what a JVM needs, and what the command says. */
  private environment(): NodeJS.ProcessEnv {
    const kept = /^(PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|JAVA_HOME|LANG)$/i;
    const dropped = Object.keys(process.env).filter((name) => !kept.test(name));
    return {
      ...Object.fromEntries(dropped.map((name) => [name, undefined])),
      ...this.command.environment,
      PIPEBASE_PORT: String(this.port),
      PIPEBASE_DEPLOY_TOKEN: this.token,
      PIPEBASE_ROUTES_DIRECTORY: this.flowsDirectory,
    };
  }
}

/** False where it ends before it says so. */
function isReady(process: OwnedProcess): Promise<boolean> {
  return new Promise((resolve) => {
    process.onOutput(() => {
      if (process.output().includes('The Camel runtime is ready.')) resolve(true);
    });
    void process.exited.then(() => {
      resolve(false);
    });
  });
}

export interface CamelRuntimes<Id extends string = CamelEnvironment> {
  of(id: Id): CamelRuntime;
  stop(): Promise<void>;
}

/**
 * For tests: four runtimes with ports that are free, also while one of them is stopped and started again, and directories
 * that go with them.
 */
export async function startCamelRuntimes(
  tools: FoundTools,
  environment: Readonly<Record<string, string>> = {},
): Promise<CamelRuntimes> {
  const scratch = temporaryFolder('pipebase-camel');
  const ports = await freePorts(camelEnvironments.length);
  const places = camelEnvironments.map((id, index) => {
    return { id, port: ports[index] ?? 0, token: `token-of-${id}`, directory: join(scratch.path, id) };
  });
  const { env, sys } = vectors.context;
  try {
    const runtimes = await startRuntimesAt(tools, places, { environment: { ...env, ...environment }, system: sys });
    return {
      of: (id) => runtimes.of(id),
      stop: async () => {
        await runtimes.stop();
        scratch.remove();
      },
    };
  } catch (error) {
    scratch.remove();
    throw error;
  }
}

export type FoundTools = Extract<JavaAndMaven, { kind: 'found' }>;

export interface RuntimeSurroundings extends Pick<CamelCommand, 'environment' | 'system'> {
  readonly onOutput?: (id: string, text: string) => void;
}

/** Builds where needed, and starts a runtime at each place. */
export async function startRuntimesAt<Id extends string>(
  { java, maven }: FoundTools,
  places: readonly CamelPlace<Id>[],
  { environment, system, onOutput }: RuntimeSurroundings,
): Promise<CamelRuntimes<Id>> {
  const classPath = await buildCamelRuntime(maven);
  const runtimes = places.map(
    (place) => new CamelRuntime(place, { java, classPath, environment, system }, (text) => onOutput?.(place.id, text)),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(runtimes.map((runtime) => runtime.stop()));
  };
  try {
    // One after the other: four JVMs that start at once take longer on a small machine, and take it all.
    for (const runtime of runtimes) await runtime.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    of: (id) => {
      const found = runtimes.find((runtime) => runtime.id === id);
      if (!found) throw new Error(`There is no Camel runtime ${id}.`);
      return found;
    },
    stop,
  };
}
