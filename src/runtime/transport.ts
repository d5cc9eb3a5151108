import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import type { ChosenProxy } from './chooseProxy';
import { chooseProxy } from './chooseProxy';
import { acceptedEncoding } from './decompressBody';
import { Exchange } from './exchange';
import type { Transport, TransportOptions, TransportRequest } from './transportTypes';
import { trustedAuthorities } from './trustedAuthorities';

/** Four writes at a time are the default; the rest is for reads beside them. */
const maxConnections = 8;

/**
 * One dispatcher for one runtime: keep-alive, bounded connections. This module holds the whole of undici, so it is a
 * chunk of its own that is loaded at the first request.
 */
export function openTransport(options: TransportOptions): Transport {
  const dispatcher = openDispatcher(options);
  return {
    request: (request) => exchange(dispatcher, options, request),
    close: () => dispatcher.destroy(),
  };
}

async function exchange(dispatcher: Dispatcher, options: TransportOptions, request: TransportRequest) {
  const handler = new Exchange(options, request.signal);
  const headers = { ...request.headers, 'accept-encoding': acceptedEncoding };
  const { method, path, body = null } = request;
  try {
    dispatcher.dispatch({ origin: options.origin, method, path, headers, body }, handler);
  } catch (error) {
    handler.onResponseError(undefined, error as Error);
  }
  return handler.result;
}

function openDispatcher(options: TransportOptions): Dispatcher {
  const { timeoutMs } = options;
  // the exchange has the time-outs of headers and body
  const limits = { connections: maxConnections, headersTimeout: 0, bodyTimeout: 0 };
  const tls = options.origin.startsWith('https:') ? tlsOptions(options) : {};
  const proxy = chooseProxy(options.origin, options.proxy, process.env);
  if (proxy === undefined) return new Agent({ ...limits, connect: { ...tls, timeout: timeoutMs } });
  return openProxyAgent(proxy, limits, { ...tls, timeout: timeoutMs });
}

function tlsOptions({ tls }: TransportOptions) {
  const ca = trustedAuthorities(tls.ca ?? []);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  };
}

function openProxyAgent(proxy: ChosenProxy, limits: Agent.Options, requestTls: { ca?: string[]; timeout: number }) {
  const { ca, timeout } = requestTls;
  return new ProxyAgent({
    ...limits,
    uri: proxy.url,
    ...(proxy.authorization === undefined ? {} : { token: proxy.authorization }),
    requestTls,
    proxyTls: { timeout, rejectUnauthorized: proxy.strictSSL, ...(ca === undefined ? {} : { ca }) },
  });
}
