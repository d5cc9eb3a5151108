import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';

/** As long as undici keeps a connection of HTTP/1.1 that nobody uses, in milliseconds. */
const idleMs = 4000;

/**
 * Connections of HTTP/2. undici keeps them for ever: it ends none that is idle, which a firewall may have forgotten
 * meanwhile, and where a request is given up it ends that request's stream and goes on with the connection, dead or not.
 * So they are ended here, never while something is under way: soon after the last use, and at once where a request
 * timed out since nothing was.
 */
export class SharedConnections {
  private readonly open = new Set<TLSSocket>();
  /** Resolves when those that were ended are closed: until then undici would use them. */
  private ending: Promise<unknown> = Promise.resolve();
  private users = 0;
  private hasTimedOut = false;
  private idle: NodeJS.Timeout | undefined;

  /** Watches what `connect` opens. */
  watch(connect: buildConnector.connector): buildConnector.connector {
    // the types know of no result; it is the socket, and others watch it
    const open: (...given: Parameters<buildConnector.connector>) => unknown = connect;
    return (options, callback) =>
      open(options, (...[error, socket]) => {
        if (error) {
          callback(error, null);
          return;
        }
        if ('alpnProtocol' in socket && socket.alpnProtocol === 'h2') this.keep(socket);
        callback(null, socket);
      }) as undefined;
  }

  /** Something is under way, from when this resolves and until the function that comes back is called, once. */
  async use(): Promise<(hasTimedOut: boolean) => void> {
    clearTimeout(this.idle);
    this.users++;
    await this.ending;
    return (hasTimedOut) => {
      this.users--;
      this.hasTimedOut ||= hasTimedOut;
      if (this.users > 0) return;
      if (this.hasTimedOut) this.end();
      else this.endLater();
    };
  }

  private keep(socket: TLSSocket): void {
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
  }

  private endLater(): void {
    if (this.open.size === 0) return;
    this.idle = setTimeout(() => {
      this.end();
    }, idleMs).unref();
  }

  private end(): void {
    this.hasTimedOut = false;
    const closed = [...this.open].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    this.ending = Promise.all(closed);
    for (const socket of this.open) socket.destroy(new Error('nobody uses this connection any more'));
  }
}
