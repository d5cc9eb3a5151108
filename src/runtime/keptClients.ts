import type { RuntimeClient } from '../core/ports';

/** One client per environment, kept while its settings are as they were, closed when they change or it goes. */
export class KeptClients {
  private readonly clients = new Map<string, { readonly settings: string; readonly client: RuntimeClient }>();

  /** `settings`: everything that the client is made of, as JSON has it. */
  of(environmentId: string, settings: unknown, open: () => RuntimeClient): RuntimeClient {
    const text = JSON.stringify(settings);
    const known = this.clients.get(environmentId);
    if (known?.settings === text) return known.client;
    void known?.client.close();
    const client = open();
    this.clients.set(environmentId, { settings: text, client });
    return client;
  }

  /** Closes the clients of environments that are no longer there. */
  async keep(environmentIds: ReadonlySet<string>): Promise<void> {
    const gone = [...this.clients].filter(([id]) => !environmentIds.has(id));
    for (const [id] of gone) this.clients.delete(id);
    await Promise.all(gone.map(([, { client }]) => client.close()));
  }
}
