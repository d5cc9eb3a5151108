import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
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

interface CamelCommand {
  readonly java: string;
  readonly classPath: string;
  /** Beside what every runtime gets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Apache Camel behind the management API, in a process of its own. */
export class CamelRuntime {
  private process: OwnedProcess | undefined;
  private log = '';

  constructor(
    readonly id: CamelEnvironment,
    readonly port: number,
    readonly token: string,
    private readonly directory: string,
    private readonly command: CamelCommand,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Everything it wrote so far, over restarts. */
  output(): string {
    return this.log;
  }

  /** Resolves when every stored flow runs and the API answers. */
  async start(): Promise<void> {
    const { java, classPath } = this.command;
    const system = Object.entries(vectors.context.sys).map(([key, value]) => `-D${key}=${value}`);
    const args = [...jvmOptions, ...system, '-cp', classPath, 'pipebase.runtime.RuntimeMain'];
    const process = startOwnedProcess(java, args, { cwd: this.directory, env: this.environment() });
    this.process = process;
    process.onOutput((text) => {
      this.log += text;
    });
    if (await within(startPatienceMs, false, isReady(process))) return;
    await this.stop();
    throw new Error(`The Camel runtime ${this.id} did not start:\n${this.log}`);
  }

  /** Ends the process tree. */
  async stop(): Promise<void> {
    await this.process?.stop();
    this.process = undefined;
  }

  /** Of this process's environment only what a JVM needs: Camel answers keys from all the rest. */
  private environment(): NodeJS.ProcessEnv {
    const kept = /^(PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|JAVA_HOME|LANG)$/i;
    const dropped = Object.keys(process.env).filter((name) => !kept.test(name));
    return {
      ...Object.fromEntries(dropped.map((name) => [name, undefined])),
      ...vectors.context.env,
      ...this.command.environment,
      PIPEBASE_PORT: String(this.port),
      PIPEBASE_DEPLOY_TOKEN: this.token,
      PIPEBASE_ROUTES_DIRECTORY: join(this.directory, 'routes'),
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

export interface CamelRuntimes {
  of(id: CamelEnvironment): CamelRuntime;
  stop(): Promise<void>;
}

/** Builds where needed, and starts one runtime per environment, each with a port, a token and a directory of its own. */
export async function startCamelRuntimes(
  { java, maven }: Extract<JavaAndMaven, { kind: 'found' }>,
  environment: Readonly<Record<string, string>> = {},
): Promise<CamelRuntimes> {
  const classPath = await buildCamelRuntime(maven);
  const scratch = temporaryFolder('pipebase-camel');
  const ports = await freePorts(camelEnvironments.length);
  const runtimes = camelEnvironments.map((id, index) => {
    const directory = join(scratch.path, id);
    mkdirSync(directory);
    return new CamelRuntime(id, ports[index] ?? 0, `token-of-${id}`, directory, { java, classPath, environment });
  });
  const stop = async (): Promise<void> => {
    await Promise.all(runtimes.map((runtime) => runtime.stop()));
    scratch.remove();
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

/** Held all at once, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      return new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
        const server = createServer().once('error', reject);
        server.listen(0, '127.0.0.1', () => {
          resolve(server);
        });
      });
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
