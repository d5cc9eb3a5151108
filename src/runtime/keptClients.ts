import type { RuntimeClient } from '../core/ports';
import { OutgoingClients, type Outgoing } from './outgoingClients';

type KeptClient = RuntimeClient & Outgoing;

interface Kept {
  readonly settings: string;
  readonly client: KeptClient;
  /** The environment's earlier clients, as long as something is under way on them. */
  readonly outgoing: OutgoingClients;
}

/** One client per environment, kept while its settings are as they were, replaced when they change, closed when it goes. */
export class KeptClients {
  private readonly kept = new Map<string, Kept>();
  private isClosed = false;

  /** `settings`: everything that the client is made of, as JSON has it. Once closed, there are closed clients only. */
  of(environmentId: string, settings: unknown, open: () => KeptClient): RuntimeClient {
    if (this.isClosed) return closed(open());
    const text = JSON.stringify(settings);
    const known = this.kept.get(environmentId);
    if (known?.settings === text) return known.client;
    const { outgoing } = known ?? { outgoing: new OutgoingClients() };
    if (known) outgoing.add(known.client);
    const client = open();
    this.kept.set(environmentId, { settings: text, client, outgoing });
    return client;
  }

  /** Closes the clients of environments that are no longer there. */
  async keep(environmentIds: ReadonlySet<string>): Promise<void> {
    const gone = [...this.kept].filter(([id]) => !environmentIds.has(id));
    for (const [id] of gone) this.kept.delete(id);
    await Promise.all(gone.flatMap(([, { client, outgoing }]) => [client.close(), outgoing.close()]));
  }

  /** Closes all of them, for ever: whoever asks for one afterwards opens no connection that nobody would close. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.keep(new Set());
  }
}

function closed(client: KeptClient): RuntimeClient {
  void client.close();
  return client;
}
