import { setTimeout as delay } from 'node:timers/promises';
import { isPassing } from './answerError';
import { retryAfterMs } from './retryAfter';
import { isWrite, nameOfCall, type AddressedCall } from './runtimeCall';
import type { RuntimeClientOptions } from './runtimeClientOptions';
import type { TransportAnswer, TransportFault, TransportRequest } from './transportTypes';

const maxRepeats = 2;
const defaultRetryDelayMs = 200;

export type SendOnce = (request: TransportRequest) => Promise<TransportAnswer | TransportFault>;

/**
 * Reads are repeated after passing trouble, twice at most; a write never is, for nobody knows whether it has happened.
 *
 * Where the answer (429, or a gateway's 502, 503, 504) names a `Retry-After`, a read waits for so long instead of its
 * own back-off (decided). All such waiting of one call is bounded by `timeoutMs`, the time for which a person is ready
 * to wait for this runtime: a longer pause is not begun, and a 429 without `Retry-After` is not repeated.
 */
export async function sendPatiently(
  send: SendOnce,
  options: RuntimeClientOptions,
  call: AddressedCall,
  signal: AbortSignal,
): Promise<TransportAnswer | TransportFault> {
  const repeats = isWrite(call) ? 0 : maxRepeats;
  let patienceMs = options.timeoutMs;
  for (let attempt = 0; ; attempt++) {
    const result = await send(requestOf(options, call, signal));
    if (attempt === repeats) return result;
    const askedMs = result.kind === 'answered' ? retryAfterMs(result.headers) : undefined;
    if (!isWorthAnother(result, askedMs) || (askedMs ?? 0) > patienceMs) return result;
    patienceMs -= askedMs ?? 0;
    options.log?.info(`${nameOfCall(call)} failed (${reasonOf(result)}), asking again`);
    // ends early when cancelled: the next request sees the signal and answers for it
    await delay(askedMs ?? backOffMs(attempt, options.retryDelayMs), undefined, { signal }).catch(() => undefined);
  }
}

function isWorthAnother(result: TransportAnswer | TransportFault, askedMs: number | undefined): boolean {
  return isPassing(result) || (result.kind === 'answered' && result.status === 429 && askedMs !== undefined);
}

/** Between half and the whole of the step, so that many clients do not come back at once. */
function backOffMs(attempt: number, firstMs = defaultRetryDelayMs): number {
  return firstMs * 2 ** attempt * (0.5 + Math.random() / 2);
}

function reasonOf(result: TransportAnswer | TransportFault): string {
  return result.kind === 'failed' ? result.fault : String(result.status);
}

export function requestOf(options: RuntimeClientOptions, call: AddressedCall, signal: AbortSignal): TransportRequest {
  const { method, url, body, token, lastEventId = '' } = call;
  const headers = {
    accept: 'application/json',
    'user-agent': options.userAgent,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }),
  };
  return { method, path: url.pathname + url.search, headers, signal, ...(body === undefined ? {} : { body }) };
}
