/** What ends its calls by itself, or has them ended. */
export interface Outgoing {
  /** Takes no more calls; resolves when those under way have ended and it is closed. */
  finish(): Promise<void>;
  /** Ends the calls under way, too. */
  close(): Promise<void>;
}

/** Clients that others have taken the place of: a write under way on one of them is not cut off. */
export class OutgoingClients {
  private readonly clients = new Set<Outgoing>();

  add(client: Outgoing): void {
    this.clients.add(client);
    void client.finish().finally(() => this.clients.delete(client));
  }

  async close(): Promise<void> {
    await Promise.all([...this.clients].map((client) => client.close()));
  }
}
