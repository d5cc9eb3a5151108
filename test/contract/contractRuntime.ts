import { randomBytes } from 'node:crypto';
import { constants } from 'node:os';
import { RuntimeError, type DeployedFlow, type RuntimeClient } from '../../src/core/ports';
import { createRuntimeClient } from '../../src/runtime/runtimeClient';

/** A runtime to be asked: any base URL, its deploy token, and what ends it. */
export interface OpenedRuntime {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

/** By which somebody ends a run: Ctrl-C, `kill`, and the end of the terminal. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The runtime under test, our own client for it, and the flows that a test leaves there. */
export class ContractRuntime {
  private readonly prefix = `pipebase-contract-${randomBytes(4).toString('hex')}`;
  private flowCount = 0;
  /** What was sent there, as far as it may have arrived and was not removed since. */
  private readonly sent = new Set<string>();
  /** Under way: what they bring is there only once they have ended. */
  private readonly writes = new Set<Promise<unknown>>();
  private isLeaving = false;
  private opened: { readonly runtime: OpenedRuntime; readonly client: RuntimeClient } | undefined;

  constructor(private readonly openRuntime: () => Promise<OpenedRuntime>) {}

  async open(): Promise<void> {
    const runtime = await this.openRuntime();
    const client = createRuntimeClient({
      baseUrl: runtime.url,
      token: () => Promise.resolve(runtime.token),
      timeoutMs: 5000,
      allowInsecure: true,
      userAgent: 'pipebase-contract',
    });
    const putFlow: RuntimeClient['putFlow'] = (id, ...rest) => this.noteWrite(id, () => client.putFlow(id, ...rest));
    this.opened = { runtime, client: { ...client, putFlow } };
    for (const signal of endings) process.on(signal, this.leave);
  }

  get url(): string {
    return this.current.runtime.url.replace(/\/+$/, '');
  }

  get client(): RuntimeClient {
    return this.current.client;
  }

  /** An id that no other run has, and that is removed after the test. */
  newFlowId(): string {
    return `${this.prefix}-${++this.flowCount}`;
  }

  async listed(id: string): Promise<DeployedFlow | undefined> {
    return (await this.client.listFlows()).find((flow) => flow.id === id);
  }

  /** With the token, past our own client: for what has to be seen on the wire. */
  fetch(method: string, path: string, body?: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.current.runtime.token}`, 'content-type': 'application/json' };
    const send = () => fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    const id = path.slice(path.lastIndexOf('/') + 1);
    return method === 'PUT' ? this.noteWrite(id, send) : send();
  }

  /** Tries each of them, and those that are left once more; gives what is left then. */
  async removeFlows(): Promise<readonly string[]> {
    let left = await this.leftFlows();
    for (let attempt = 0; attempt < 2 && left.length > 0; attempt++) {
      for (const id of left) {
        const isRemoved = this.client.deleteFlow(id).then(() => this.sent.delete(id));
        await isRemoved.catch(() => undefined);
      }
      left = await this.leftFlows();
    }
    return left;
  }

  async close(): Promise<void> {
    const left = this.opened ? await this.removeFlows() : [];
    for (const signal of endings) process.off(signal, this.leave);
    await this.opened?.client.close();
    await this.opened?.runtime.close();
    if (left.length > 0) throw new Error(leftBehind(left));
  }

  /** Every flow with this run's prefix, whoever made its id; where the list cannot be read, what was sent. */
  private async leftFlows(): Promise<readonly string[]> {
    const flows = await this.client.listFlows().catch(() => undefined);
    return flows ? flows.map(({ id }) => id).filter((id) => id.startsWith(this.prefix)) : [...this.sent];
  }

  /** Mocha runs no hook any more once somebody has ended it. */
  private readonly leave = (signal: NodeJS.Signals): void => {
    if (this.isLeaving) return;
    this.isLeaving = true;
    void Promise.allSettled(this.writes)
      .then(() => this.removeFlows())
      .then((left) => {
        if (left.length > 0) console.error(leftBehind(left));
      })
      .finally(() => process.exit(128 + constants.signals[signal]));
  };

  private noteWrite<T>(id: string, begin: () => Promise<T>): Promise<T> {
    // The test that was interrupted goes on: what it would write now might come after the cleaning up.
    if (this.isLeaving) return new Promise(() => undefined);
    const write = begin();
    this.writes.add(write);
    const note = (error?: unknown) => {
      this.writes.delete(write);
      const isRefused = error instanceof RuntimeError && !error.isOutcomeUnknown;
      if (!isRefused) this.sent.add(id);
    };
    write.then(() => {
      note();
    }, note);
    return write;
  }

  private get current() {
    if (!this.opened) throw new Error('the runtime is not open');
    return this.opened;
  }
}

function leftBehind(ids: readonly string[]): string {
  return `These flows could not be removed; remove them by hand: ${ids.join(', ')}`;
}

/** A flow of routes that wait for messages which never come. */
export function flowYaml(...routeIds: readonly string[]): string {
  return routeIds.map(routeYaml).join('');
}

function routeYaml(id: string): string {
  return `- route:
    id: ${id}
    from:
      uri: direct:${id}
      steps:
        - setBody:
            constant: "nothing"
`;
}
