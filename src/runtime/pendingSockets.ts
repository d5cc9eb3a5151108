import type { buildConnector } from 'undici';

/** What is on its way to a connection, and can be ended. */
export interface Ending {
  destroy(reason: Error): unknown;
}

/**
 * Sockets on their way to a connection. undici forgets them when the last request is cancelled or the dispatcher is
 * destroyed, and they would stay until their time is up.
 */
export class PendingSockets {
  private readonly pending = new Set<Ending>();

  /** Watches what `connect` opens until it is open. `nameError` says whose trouble an error is. */
  watch(connect: buildConnector.connector, nameError = (error: Error): Error => error): buildConnector.connector {
    // the types know of no result; it is the socket
    const open: (...given: Parameters<buildConnector.connector>) => unknown = connect;
    return (options, callback) => {
      const socket = open(options, (...[error, opened]) => {
        if (isEnding(socket)) this.pending.delete(socket);
        if (error) callback(nameError(error), null);
        else callback(null, opened);
      });
      if (isEnding(socket)) this.pending.add(socket);
    };
  }

  add(ending: Ending): void {
    this.pending.add(ending);
  }

  remove(ending: Ending): void {
    this.pending.delete(ending);
  }

  end(): void {
    if (this.pending.size === 0) return; // every call ends here, and an error is dear
    // with an error: undici would wait for ever for a socket that just closes
    const reason = new Error('nobody waits for this connection any more');
    for (const ending of [...this.pending]) ending.destroy(reason);
    this.pending.clear();
  }
}

function isEnding(value: unknown): value is Ending {
  return typeof value === 'object' && value !== null && 'destroy' in value;
}
