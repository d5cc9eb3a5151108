import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';

/** Ours: the other side ended a TLS connection without saying why. */
export const tlsRefusedCode = 'PIPEBASE_TLS_REFUSED';

/**
 * Names the silent end of a TLS connection. Many a server that wants a client certificate, or another one, just hangs
 * up: with TLS 1.2 in the handshake, with TLS 1.3 right after it, when the first request may have left already. A
 * connection that never brought a session ticket nor any byte, and does not go on from an earlier one, was not wanted
 * (decided); whether a write on it happened is still not known.
 */
export function nameRefusals(connect: buildConnector.connector): buildConnector.connector {
  // the types know of no result; it is the socket
  const open: (...given: Parameters<buildConnector.connector>) => unknown = connect;
  return (options, callback) =>
    open(options, (...[error, socket]) => {
      if (error) {
        if (isReset(error)) rename(error);
        callback(error, null);
        return;
      }
      if (isSecure(socket)) watch(socket);
      callback(null, socket);
    }) as undefined;
}

/** Before undici's own listeners, so that they see the name. */
function watch(socket: TLSSocket): void {
  let hasTicket = false;
  const isRefused = () =>
    !hasTicket && socket.bytesRead === 0 && !socket.isSessionReused() && socket.getProtocol() === 'TLSv1.3';
  socket
    .once('session', () => (hasTicket = true))
    .once('end', () => {
      if (isRefused()) socket.destroy(rename(new Error('closed without an answer')));
    })
    .once('error', (error: Error) => {
      if (isReset(error) && isRefused()) rename(error);
    });
}

function rename(error: Error): Error {
  return Object.assign(error, { code: tlsRefusedCode });
}

function isReset(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function isSecure(socket: object): socket is TLSSocket {
  return 'getProtocol' in socket;
}
