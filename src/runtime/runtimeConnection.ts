import { RuntimeError } from '../core/ports';
import { addressCall } from './addressCall';
import { classifyFault } from './classifyFault';
import { faultError, statusError } from './answerError';
import { openedEvents, type EventConnection } from './openEvents';
import { redirectTarget } from './redirectTarget';
import { callError, type AddressedCall, type RuntimeAnswer, type RuntimeCall } from './runtimeCall';
import type { RuntimeClientOptions } from './runtimeClientOptions';
import { requestOf, sendPatiently } from './sendPatiently';
import type { Transport } from './transportTypes';

const maxAnswerBytes = 32 * 1024 * 1024;
const maxRedirects = 3;

export interface RuntimeConnection {
  /** Resolves to a 2xx or the call's accepted status; everything else is a `RuntimeError`. */
  send(call: RuntimeCall, signal?: AbortSignal): Promise<RuntimeAnswer>;
  /** Opens an event stream once, without repeats; undefined where the runtime says that there is no more. */
  openEvents(call: RuntimeCall, silenceMs: number, signal: AbortSignal): Promise<EventConnection | undefined>;
  /** Aborted by `close`. */
  readonly closed: AbortSignal;
  close(): Promise<void>;
}

/** Calls to one runtime: address, token, repeats and redirects. Opens nothing before the first call. */
export function createRuntimeConnection(options: RuntimeClientOptions): RuntimeConnection {
  const closing = new AbortController();
  const underWay = new Set<AbortController>();
  let transport: Promise<Transport> | undefined;

  async function send(call: RuntimeCall, signal?: AbortSignal): Promise<RuntimeAnswer> {
    const own = new AbortController();
    const cancel = () => {
      own.abort();
    };
    if (closing.signal.aborted || signal?.aborted) cancel();
    underWay.add(own);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const addressed = await addressCall(options, call, own.signal);
      return await exchange(options, await openFor(addressed), addressed, own.signal);
    } finally {
      underWay.delete(own);
      signal?.removeEventListener('abort', cancel);
    }
  }

  async function openEvents(call: RuntimeCall, silenceMs: number, signal: AbortSignal) {
    const addressed = await addressCall(options, call, signal);
    const opened = await openFor(addressed);
    const request = requestOf(options, addressed, signal);
    // not compressed: a gateway that does so holds events back, and they would have to be unpacked as they come
    const accepted = { accept: 'text/event-stream', 'accept-encoding': 'identity', 'cache-control': 'no-cache' };
    const headers = { ...request.headers, ...accepted };
    const result = await opened.stream({ ...request, headers }, silenceMs);
    // leaves with an error for another origin; where it is the same one, too: a stream has one address
    if (result.kind === 'answered' && redirectTarget(addressed, result)) throw statusError(addressed, result);
    return openedEvents(addressed, result);
  }

  async function openFor(call: AddressedCall): Promise<Transport> {
    try {
      return await (transport ??= open(options, call.url.origin));
    } catch (error) {
      transport = undefined;
      if (error instanceof RuntimeError) throw error;
      const { fault, detail } = classifyFault(error);
      if (fault === 'tls') throw callError('tls', call, { detail });
      const reason = error instanceof Error ? error.message : String(error);
      throw callError('proxy', call, { detail: `Nothing can be sent with these settings of the proxy: ${reason}` });
    }
  }

  async function close(): Promise<void> {
    closing.abort();
    for (const call of underWay) call.abort();
    const opened = await transport?.catch(() => undefined);
    await opened?.close();
  }

  return { send, openEvents, closed: closing.signal, close };
}

/** undici is half a megabyte: it is loaded here, at the first request, and never at activation. */
async function open(options: RuntimeClientOptions, origin: string): Promise<Transport> {
  const { openTransport } = await import('./transport').catch((error: unknown) => {
    throw new RuntimeError('network', { detail: `the part that speaks HTTP cannot be loaded: ${String(error)}` });
  });
  const { timeoutMs, tls = {}, proxy = {} } = options;
  return openTransport({ origin, timeoutMs, maxAnswerBytes, tls, proxy });
}

async function exchange(
  options: RuntimeClientOptions,
  transport: Transport,
  call: AddressedCall,
  signal: AbortSignal,
): Promise<RuntimeAnswer> {
  let target = call;
  for (let redirects = 0; ; redirects++) {
    const result = await sendPatiently((request) => transport.request(request), options, target, signal);
    if (result.kind === 'failed') throw faultError(target, result);
    const { status, body, isGarbled = false } = result;
    if ((status >= 200 && status < 300) || status === call.acceptedStatus)
      return { status, body, isGarbled, call: target };
    const next = redirectTarget(target, result);
    if (next === undefined) throw statusError(target, result);
    if (redirects === maxRedirects)
      throw callError('unexpected-answer', target, { status, detail: 'it redirects in a circle' });
    target = { ...target, url: next };
  }
}
