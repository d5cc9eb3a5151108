import { callError, isWrite, type AddressedCall } from './runtimeCall';
import type { TransportAnswer } from './transportTypes';

const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Where a redirect leads within the same origin; undefined where the answer is none. Throws a `redirect` error for
 * another origin, because the token does not follow (decided), and for every write: it is not repeated elsewhere.
 */
export function redirectTarget(call: AddressedCall, answer: TransportAnswer): URL | undefined {
  const { location } = answer.headers;
  const { href, origin } = call.url;
  if (!redirects.has(answer.status) || location === undefined || !URL.canParse(location, href)) return undefined;
  const target = new URL(location, href);
  if (target.origin === origin && !isWrite(call)) return target;
  throw callError('redirect', call, {
    status: answer.status,
    detail: `${origin} redirects to ${originOf(target)}`,
    // 303 says "done, look there"; the others say "not here"
    isOutcomeUnknown: isWrite(call) && answer.status === 303,
  });
}

/** Without the path, which may carry a session or an echo of what was sent. */
function originOf(target: URL): string {
  return target.origin === 'null' ? `${target.protocol}…` : target.origin;
}
