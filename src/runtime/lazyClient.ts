import { RuntimeError, type RuntimeClient } from '../core/ports';
import { CountedClient } from './countedClient';
import { OutgoingClients, type Outgoing } from './outgoingClients';

/**
 * A client that is opened by its first call, and again after a TLS fault: the certificate files that `open` reads may
 * have been corrected since. The one that met the fault is closed when the calls beside have ended, each with its own
 * result. `check` throws what forbids a call. Once closed it opens nothing any more.
 */
export class LazyClient implements RuntimeClient, Outgoing {
  private current: CountedClient | undefined;
  private readonly outgoing = new OutgoingClients();
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
    await Promise.all([this.current?.close(), this.outgoing.close()]);
  }

  async finish(): Promise<void> {
    this.isClosed = true;
    await Promise.all([this.current?.finish(), this.outgoing.finish()]);
  }

  private async call<T>(work: (client: RuntimeClient) => Promise<T>): Promise<T> {
    this.check();
    if (this.isClosed) throw new RuntimeError('cancelled');
    const client = (this.current ??= new CountedClient(this.open()));
    try {
      return await client.call(work);
    } catch (error) {
      if (error instanceof RuntimeError && error.kind === 'tls') this.replace(client);
      throw error;
    }
  }

  private replace(client: CountedClient): void {
    if (this.current !== client || this.isClosed) return;
    this.current = undefined;
    this.outgoing.add(client);
  }
}
