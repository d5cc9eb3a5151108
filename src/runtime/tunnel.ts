import type { buildConnector, Pool } from 'undici';
import type { ChosenProxy } from './chooseProxy';
import type { Ending, PendingSockets } from './pendingSockets';
import { ProxyFault } from './proxyFault';

type Connector = buildConnector.connector;

/**
 * A connector that asks the proxy for a tunnel to the target (CONNECT) and lets `endpoint` speak TLS inside. undici's
 * own ProxyAgent does the same, but its errors do not say whether the proxy or the runtime is in trouble, and its
 * sockets cannot be ended while the proxy makes them wait.
 */
export function openTunnel(
  proxy: ChosenProxy,
  pool: Pool,
  target: URL,
  endpoint: Connector,
  pending: PendingSockets,
): Connector {
  return (options, callback) => {
    askForTunnel(proxy, pool, target, pending).then(
      (socket) => {
        endpoint({ ...options, httpSocket: socket } as never, callback);
      },
      (error: unknown) => {
        callback(error instanceof ProxyFault ? error : new ProxyFault(proxy.url, undefined, error), null);
      },
    );
  };
}

async function askForTunnel({ url, authorization }: ChosenProxy, pool: Pool, target: URL, pending: PendingSockets) {
  const own = new AbortController();
  const ending: Ending = {
    destroy: (reason) => {
      own.abort(reason);
    },
  };
  const path = `${target.hostname}:${target.port || '443'}`;
  const headers = { host: path, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
  pending.add(ending);
  try {
    const { socket, statusCode } = await pool.connect({ path, headers, signal: own.signal });
    if (statusCode === 200) return socket;
    socket.on('error', () => undefined).destroy();
    throw new ProxyFault(url, statusCode);
  } finally {
    pending.remove(ending);
  }
}
