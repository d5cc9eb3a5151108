import type { RuntimeError } from '../core/ports';
import { retryAfterMs } from './retryAfter';
import { callError, isWrite, type AddressedCall } from './runtimeCall';
import type { TransportAnswer, TransportFault, TransportFaultName } from './transportTypes';
import { withoutUndefined } from './withoutUndefined';

const kindsByFault = {
  cancelled: 'cancelled',
  timeout: 'timeout',
  tls: 'tls',
  proxy: 'proxy',
  reset: 'network',
  network: 'network',
  'not-http': 'unexpected-answer',
  'too-large': 'unexpected-answer',
} as const satisfies Record<TransportFaultName, string>;

export function faultError(call: AddressedCall, { fault, detail, wasSent }: TransportFault): RuntimeError {
  return callError(kindsByFault[fault], call, { detail, isOutcomeUnknown: wasSent && isWrite(call) });
}

/** The error that an answer's status stands for; 2xx and redirects are not for this function. */
export function statusError(call: AddressedCall, answer: TransportAnswer): RuntimeError {
  const { status, body, headers } = answer;
  const details = { status, detail: errorText(body), ...withoutUndefined({ retryAfterMs: retryAfterMs(headers) }) };
  if (status === 401 || status === 403) return callError('unauthorized', call, details);
  if (status === 503 && jsonError(body)?.includes('PIPEBASE_DEPLOY_TOKEN')) {
    return callError('token-not-configured', call, details);
  }
  if (status === 429) return callError('rate-limited', call, details);
  if (status >= 400 && status < 500) return callError('rejected', call, details);
  if (status >= 500) {
    const isFromGateway = isPassing(answer);
    return callError('server-error', call, { ...details, isOutcomeUnknown: isWrite(call), isFromGateway });
  }
  return callError('unexpected-answer', call, { ...details, isOutcomeUnknown: isWrite(call) });
}

/** Worth asking again (decided): a gateway's passing trouble, and not the runtime's own word, a 503 with a JSON `error`. */
export function isPassing(result: TransportAnswer | TransportFault): boolean {
  if (result.kind === 'failed') return result.fault === 'reset';
  if (result.status === 503) return jsonError(result.body) === undefined;
  return result.status === 502 || result.status === 504;
}

/** The runtime's own `error`, else the text as it is; the cut is made where it is redacted. */
function errorText(body: string): string {
  return jsonError(body) ?? body;
}

function jsonError(body: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined;
    return typeof answer.error === 'string' ? answer.error : JSON.stringify(answer.error);
  } catch {
    return undefined;
  }
}
