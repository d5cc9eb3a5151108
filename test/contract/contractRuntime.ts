import { randomBytes } from 'node:crypto';
import type { DeployedFlow, RuntimeClient } from '../../src/core/ports';
import { createRuntimeClient } from '../../src/runtime/runtimeClient';

/** A runtime to be asked: any base URL, its deploy token, and what ends it. */
export interface OpenedRuntime {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

/** The runtime under test, our own client for it, and the flows that a test leaves there. */
export class ContractRuntime {
  private readonly prefix = `pipebase-contract-${randomBytes(4).toString('hex')}`;
  private readonly flowIds = new Set<string>();
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
    this.opened = {
      runtime,
      client: { ...client, putFlow: (...call) => this.noteWrite(() => client.putFlow(...call)) },
    };
    process.once('SIGINT', this.leave);
  }

  get url(): string {
    return this.current.runtime.url.replace(/\/+$/, '');
  }

  get client(): RuntimeClient {
    return this.current.client;
  }

  /** An id that no other run has, and that is removed after the test. */
  newFlowId(): string {
    const id = `${this.prefix}-${this.flowIds.size + 1}`;
    this.flowIds.add(id);
    return id;
  }

  async listed(id: string): Promise<DeployedFlow | undefined> {
    return (await this.client.listFlows()).find((flow) => flow.id === id);
  }

  /** With the token, past our own client: for what has to be seen on the wire. */
  fetch(method: string, path: string, body?: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.current.runtime.token}`, 'content-type': 'application/json' };
    const send = () => fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    return method === 'PUT' ? this.noteWrite(send) : send();
  }

  /** Every flow with this run's prefix, whoever listed it: a test may have made an id of its own. */
  async removeFlows(): Promise<void> {
    const flows = await this.client.listFlows();
    for (const { id } of flows) if (id.startsWith(this.prefix)) await this.client.deleteFlow(id);
  }

  async close(): Promise<void> {
    process.off('SIGINT', this.leave);
    await this.opened?.client.close();
    await this.opened?.runtime.close();
  }

  /** Mocha runs no hook any more once somebody has pressed Ctrl-C. */
  private readonly leave = (): void => {
    this.isLeaving = true;
    const end = () => process.exit(130);
    void Promise.allSettled(this.writes)
      .then(() => this.removeFlows())
      .then(end, end);
  };

  private noteWrite<T>(begin: () => Promise<T>): Promise<T> {
    // The test that was interrupted goes on: what it would write now might come after the cleaning up.
    if (this.isLeaving) return new Promise(() => undefined);
    const write = begin();
    this.writes.add(write);
    const forget = () => void this.writes.delete(write);
    write.then(forget, forget);
    return write;
  }

  private get current() {
    if (!this.opened) throw new Error('the runtime is not open');
    return this.opened;
  }
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
