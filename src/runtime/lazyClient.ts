import { RuntimeError, type RuntimeClient } from '../core/ports';

/**
 * A client that is opened by its first call, and again after a TLS fault: the certificate files that `open` reads may
 * have been corrected since. `check` throws what forbids a call. Once closed it opens nothing any more.
 */
export class LazyClient implements RuntimeClient {
  private opened: Promise<RuntimeClient> | undefined;
  private isClosed = false;

  constructor(
    private readonly open: () => Promise<RuntimeClient>,
    private readonly check: () => void = () => undefined,
  ) {}

  health: RuntimeClient['health'] = (signal) => this.call((client) => client.health(signal));
  listFlows: RuntimeClient['listFlows'] = (signal) => this.call((client) => client.listFlows(signal));
  putFlow: RuntimeClient['putFlow'] = (id, body, signal) => this.call((client) => client.putFlow(id, body, signal));
  deleteFlow: RuntimeClient['deleteFlow'] = (id, signal) => this.call((client) => client.deleteFlow(id, signal));

  async close(): Promise<void> {
    this.isClosed = true;
    await this.forget(this.opened);
  }

  private async call<T>(work: (client: RuntimeClient) => Promise<T>): Promise<T> {
    this.check();
    if (this.isClosed) throw new RuntimeError('cancelled');
    const opened = (this.opened ??= this.open());
    try {
      return await work(await opened);
    } catch (error) {
      if (error instanceof RuntimeError && error.kind === 'tls') await this.forget(opened);
      throw error;
    }
  }

  private async forget(opened: Promise<RuntimeClient> | undefined): Promise<void> {
    if (this.opened === opened) this.opened = undefined;
    const client = await opened?.catch(() => undefined);
    await client?.close();
  }
}
