import { setTimeout as delay } from 'node:timers/promises';
import { RuntimeError } from '../core/ports';
import { faultError, isPassing, statusError } from './answerError';
import { isLoopbackHost } from './loopback';
import { redactText } from './redactText';
import { redirectTarget } from './redirectTarget';
import {
  callError,
  isWrite,
  nameOfCall,
  type AddressedCall,
  type RuntimeAnswer,
  type RuntimeCall,
} from './runtimeCall';
import type { RuntimeClientOptions } from './runtimeClientOptions';
import type { Transport, TransportAnswer, TransportFault } from './transportTypes';

const maxAnswerBytes = 32 * 1024 * 1024;
const maxRedirects = 3;
const maxRepeats = 2;
const defaultRetryDelayMs = 200;

export interface RuntimeConnection {
  /** Resolves to a 2xx or the call's accepted status; everything else is a `RuntimeError`. */
  send(call: RuntimeCall, signal?: AbortSignal): Promise<RuntimeAnswer>;
  close(): Promise<void>;
}

/** Calls to one runtime: address, token, repeats and redirects. Opens nothing before the first call. */
export function createRuntimeConnection(options: RuntimeClientOptions): RuntimeConnection {
  const underWay = new Set<AbortController>();
  let transport: Promise<Transport> | undefined;
  let isClosed = false;

  async function send(call: RuntimeCall, signal?: AbortSignal): Promise<RuntimeAnswer> {
    const addressed = await address(options, call);
    if (isClosed || signal?.aborted) throw callError('cancelled', addressed);
    const own = new AbortController();
    const cancel = () => {
      own.abort();
    };
    underWay.add(own);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await exchange(options, await openFor(addressed), addressed, own.signal);
    } finally {
      underWay.delete(own);
      signal?.removeEventListener('abort', cancel);
    }
  }

  async function openFor(call: AddressedCall): Promise<Transport> {
    try {
      return await (transport ??= open(options, call.url.origin));
    } catch (error) {
      transport = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      throw callError('network', call, { detail: `nothing can be sent with these settings of the proxy: ${reason}` });
    }
  }

  async function close(): Promise<void> {
    isClosed = true;
    for (const call of underWay) call.abort();
    const opened = await transport?.catch(() => undefined);
    await opened?.close();
  }

  return { send, close };
}

/** undici is half a megabyte: it is loaded here, at the first request, and never at activation. */
async function open(options: RuntimeClientOptions, origin: string): Promise<Transport> {
  const { openTransport } = await import('./transport');
  const { timeoutMs, tls = {}, proxy = {} } = options;
  return openTransport({ origin, timeoutMs, maxAnswerBytes, tls, proxy });
}

/** Decides what is sent where before anything is: our own rules come first. */
async function address(options: RuntimeClientOptions, call: RuntimeCall): Promise<AddressedCall> {
  const url = urlOf(options.baseUrl, call);
  const addressed = { ...call, url };
  if (url.protocol === 'http:' && !options.allowInsecure && !isLoopbackHost(url.hostname)) {
    throw callError('insecure', addressed, { detail: `plain http to ${url.host} would show the token to the network` });
  }
  if (call.isOpen) return addressed;
  const token = await readToken(options, addressed);
  return { ...addressed, token };
}

function urlOf(baseUrl: string, call: RuntimeCall): URL {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:') {
    throw new RuntimeError('network', { call: call.method, detail: 'the URL of the environment is not http or https' });
  }
  return new URL(`${base.origin}${base.pathname.replace(/\/+$/, '')}${call.path}`);
}

async function readToken(options: RuntimeClientOptions, call: AddressedCall): Promise<string> {
  // what the store says when it fails stays here: it may name what it holds
  const token = await options.token().catch(() => undefined);
  if (token === undefined || token === '') throw callError('no-token', call);
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw callError('no-token', call, { detail: 'the stored token has characters that no HTTP header can carry' });
}

async function exchange(
  options: RuntimeClientOptions,
  transport: Transport,
  call: AddressedCall,
  signal: AbortSignal,
): Promise<RuntimeAnswer> {
  let target = call;
  for (let redirects = 0; ; redirects++) {
    const result = await sendPatiently(options, transport, target, signal);
    if (result.kind === 'failed') throw faultError(target, result);
    const { status, body } = result;
    if ((status >= 200 && status < 300) || status === call.acceptedStatus) return { status, body, call: target };
    const next = redirectTarget(target, result);
    if (next === undefined) throw statusError(target, result);
    if (redirects === maxRedirects) throw callError('redirect', target, { status, detail: 'too many redirects' });
    target = { ...target, url: next };
  }
}

/** Reads are repeated after passing trouble; a write never is, for nobody knows whether it has happened. */
async function sendPatiently(
  options: RuntimeClientOptions,
  transport: Transport,
  call: AddressedCall,
  signal: AbortSignal,
): Promise<TransportAnswer | TransportFault> {
  const repeats = isWrite(call) ? 0 : maxRepeats;
  for (let attempt = 0; ; attempt++) {
    const result = await transport.request(requestOf(options, call, signal));
    if (attempt === repeats || !isPassing(result)) return result;
    options.log?.info(`${redactText(nameOfCall(call), call.token)} failed (${reasonOf(result)}), asking again`);
    await backOff(options.retryDelayMs ?? defaultRetryDelayMs, attempt, signal);
  }
}

/** Between half and the whole of the step, so that many clients do not come back at once. Ends early when cancelled. */
async function backOff(firstMs: number, attempt: number, signal: AbortSignal): Promise<void> {
  const stepMs = firstMs * 2 ** attempt;
  // the next request sees the signal and answers for it
  await delay(stepMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
}

function reasonOf(result: TransportAnswer | TransportFault): string {
  return result.kind === 'failed' ? result.fault : String(result.status);
}

function requestOf(options: RuntimeClientOptions, call: AddressedCall, signal: AbortSignal) {
  const { method, url, body, token } = call;
  const headers = {
    accept: 'application/json',
    'user-agent': options.userAgent,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return { method, path: url.pathname + url.search, headers, signal, ...(body === undefined ? {} : { body }) };
}
