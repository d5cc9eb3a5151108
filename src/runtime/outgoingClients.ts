/** What ends its calls by itself, or has them ended. */
export interface Outgoing {
  /** Takes no more calls; resolves when those under way have ended and it is closed. */
  finish(): Promise<void>;
  /** Ends the calls under way, too. */
  close(): Promise<void>;
}

/** Clients that others have taken the place of: a write under way on one of them is not cut off. */
export class OutgoingClients {
  private readonly clients = new Map<Outgoing, Promise<unknown>>();

  add(client: Outgoing): void {
    const finished = client.finish().finally(() => this.clients.delete(client));
    this.clients.set(client, finished);
  }

  /** Resolves when each of them has ended by itself. */
  async finish(): Promise<void> {
    await Promise.all(this.clients.values());
  }

  async close(): Promise<void> {
    await Promise.all([...this.clients.keys()].map((client) => client.close()));
  }
}
