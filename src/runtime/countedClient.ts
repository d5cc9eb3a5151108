import type { RuntimeClient } from '../core/ports';
import type { Outgoing } from './outgoingClients';

/** A client, perhaps still being opened, that knows how many calls are under way on it. */
export class CountedClient implements Outgoing {
  private calls = 0;
  private tellIdle: (() => void) | undefined;

  constructor(private readonly opened: Promise<RuntimeClient>) {}

  async call<T>(work: (client: RuntimeClient) => Promise<T>): Promise<T> {
    this.calls++;
    try {
      return await work(await this.opened);
    } finally {
      this.calls--;
      if (this.calls === 0) this.tellIdle?.();
    }
  }

  async finish(): Promise<void> {
    if (this.calls > 0) await new Promise<void>((resolve) => (this.tellIdle = resolve));
    await this.close();
  }

  async close(): Promise<void> {
    const client = await this.opened.catch(() => undefined);
    await client?.close();
  }
}
