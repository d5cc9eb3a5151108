import type { SecureContext } from 'node:tls';
import { Agent, buildConnector, Pool, type Dispatcher } from 'undici';
import { chooseProxy, isSocks, type ChosenProxy } from './chooseProxy';
import { classifyFault } from './classifyFault';
import { acceptedEncoding } from './decompressBody';
import { EventExchange } from './eventExchange';
import { Exchange } from './exchange';
import { nameRefusals } from './nameRefusals';
import { outgoingBody, type OutgoingBody } from './outgoingBody';
import type { TlsMaterial } from './runtimeClientOptions';
import { secureContextFor } from './secureContext';
import { PendingSockets } from './pendingSockets';
import { SharedConnections } from './sharedConnections';
import { ProxyFault } from './proxyFault';
import { openSocksTunnel } from './socksTunnel';
import { openTunnel } from './tunnel';
import type { Transport, TransportAnswer, TransportFault, TransportOptions, TransportRequest } from './transportTypes';

/** Four writes at a time are the default; the rest is for reads and streams beside them. */
const maxConnections = 8;

/** The exchange has the time-outs of headers and body. */
const limits = { connections: maxConnections, headersTimeout: 0, bodyTimeout: 0 };

/** How requests get to the runtime: what they are dispatched with, and what is put before path and headers. */
interface Route {
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  readonly pathPrefix?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A proxy that answers requests itself: its 407 is not the runtime's. */
  readonly forwardingProxy?: string;
  close(): Promise<unknown>;
}

/**
 * One dispatcher for one runtime: bounded connections, HTTP/2 where the runtime offers it, and keep-alive for undici's
 * four seconds, since a firewall's idea of an idle connection is not known. This module holds the whole of undici, so
 * it is a chunk of its own that is loaded at the first request.
 */
export function openTransport(options: TransportOptions): Transport {
  const pending = new PendingSockets();
  const shared = new SharedConnections();
  const route = openRoute(options, pending, shared);
  let running = 0;

  async function run<T extends Exchange | EventExchange>(
    handler: T,
    request: TransportRequest,
    body: OutgoingBody | null = null,
  ): Promise<T> {
    running++;
    const release = await shared.use();
    dispatch(route, request, body, handler);
    const result = await handler.result;
    running--;
    if (running === 0) pending.end();
    if (result.kind === 'streaming') void result.ended.then(release);
    else release(isTimeout(result));
    return handler;
  }

  return {
    request: async (request) => {
      const exchange = new Exchange(options, request.signal);
      const bytes = request.body === undefined ? undefined : Buffer.from(request.body);
      const noteProgress = () => {
        exchange.noteProgress();
      };
      const body = bytes && outgoingBody(bytes, noteProgress);
      const length = bytes && { 'content-length': String(bytes.length) };
      await run(exchange, { ...request, headers: { ...request.headers, ...length } }, body);
      return withoutForwardersRefusal(route, await exchange.result);
    },
    stream: async (request, silenceMs) => {
      const { result } = await run(new EventExchange(options, silenceMs, request.signal), request);
      const opened = await result;
      return opened.kind === 'streaming' ? opened : withoutForwardersRefusal(route, opened);
    },
    close: async () => {
      await route.close();
    },
  };
}

function isTimeout(result: TransportAnswer | TransportFault): boolean {
  return result.kind === 'failed' && result.fault === 'timeout';
}

function dispatch(
  route: Route,
  request: TransportRequest,
  body: OutgoingBody | null,
  handler: Dispatcher.DispatchHandler,
): void {
  const { method, path } = request;
  const { dispatcher, origin, pathPrefix = '' } = route;
  const headers = { 'accept-encoding': acceptedEncoding, ...route.headers, ...request.headers };
  try {
    // undici takes what can be iterated over, and its types do not say so
    dispatcher.dispatch({ origin, method, path: pathPrefix + path, headers, body: body as Buffer | null }, handler);
  } catch (error) {
    handler.onResponseError?.(undefined as never, error as Error);
  }
}

function withoutForwardersRefusal(
  { forwardingProxy }: Route,
  result: TransportAnswer | TransportFault,
): TransportAnswer | TransportFault {
  if (forwardingProxy === undefined || result.kind === 'failed' || result.status !== 407) return result;
  return { kind: 'failed', ...classifyFault(new ProxyFault(forwardingProxy, 407)), wasSent: false };
}

function openRoute(options: TransportOptions, pending: PendingSockets, shared: SharedConnections): Route {
  const { origin, timeoutMs } = options;
  const proxy = chooseProxy(origin, options.proxy, process.env);
  const isSecure = origin.startsWith('https:');
  const tls = isSecure ? secured(options.tls) : {};
  const plainEndpoint = buildConnector({ ...tls, allowH2: true, timeout: timeoutMs });
  const endpoint = isSecure ? shared.watch(nameRefusals(plainEndpoint)) : plainEndpoint;
  if (proxy === undefined) {
    const connect = pending.watch(endpoint);
    return routeOf(new Agent({ ...limits, connect }), origin);
  }
  if (isSocks(proxy.url)) return socksRoute(proxy, isSecure ? endpoint : undefined, options, pending);
  const proxyPool = openProxyPool(proxy, options, pending);
  return isSecure ? tunnelRoute(proxy, proxyPool, endpoint, origin, pending) : forwardRoute(proxy, proxyPool, origin);
}

function routeOf(dispatcher: Dispatcher, origin: string): Route {
  return { dispatcher, origin, close: () => dispatcher.destroy() };
}

function openProxyPool({ url, strictSSL }: ChosenProxy, options: TransportOptions, pending: PendingSockets): Pool {
  const { timeoutMs } = options;
  const { ca = [] } = options.tls;
  const tls = url.startsWith('https:') ? { rejectUnauthorized: strictSSL, ...secured({ ca }) } : {};
  const connect = buildConnector({ ...tls, timeout: timeoutMs });
  return new Pool(new URL(url).origin, {
    ...limits,
    connect: pending.watch(connect, (error) => new ProxyFault(url, undefined, error)),
  });
}

/** A secure connection goes through a tunnel: the proxy learns the runtime's address and nothing else. */
function tunnelRoute(
  proxy: ChosenProxy,
  proxyPool: Pool,
  endpoint: buildConnector.connector,
  origin: string,
  pending: PendingSockets,
): Route {
  const connect = openTunnel(proxy, proxyPool, new URL(origin), pending.watch(endpoint), pending);
  const agent = new Agent({ ...limits, connect });
  return { dispatcher: agent, origin, close: () => Promise.all([agent.destroy(), proxyPool.destroy()]) };
}

/** Plain http is handed to the proxy to forward, as other clients do (decided): many open tunnels to port 443 only. */
function forwardRoute({ url, authorization }: ChosenProxy, proxyPool: Pool, origin: string): Route {
  const headers = {
    host: new URL(origin).host,
    ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
  };
  return { ...routeOf(proxyPool, new URL(url).origin), pathPrefix: origin, headers, forwardingProxy: url };
}

/** Plain http has a connection of its own, too: a SOCKS proxy knows nothing of requests. */
function socksRoute(
  proxy: ChosenProxy,
  endpoint: buildConnector.connector | undefined,
  { origin, timeoutMs }: TransportOptions,
  pending: PendingSockets,
): Route {
  if (!/^socks(5h?)?:/i.test(proxy.url)) throw new Error('SOCKS 4 is not spoken here. Use socks5:// or http://.');
  const nameError = (error: Error) => new ProxyFault(proxy.url, undefined, error);
  const toProxy = pending.watch(buildConnector({ timeout: timeoutMs }), nameError);
  const connect = openSocksTunnel(proxy, toProxy, new URL(origin), endpoint && pending.watch(endpoint), pending);
  return routeOf(new Agent({ ...limits, connect }), origin);
}

/** The proxy is trusted as the runtime is, and is shown no client certificate: that is for the runtime. */
function secured(tls: TlsMaterial): { secureContext?: SecureContext } {
  const secureContext = secureContextFor(tls);
  return secureContext === undefined ? {} : { secureContext };
}
