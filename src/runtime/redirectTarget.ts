import { callError, isWrite, type AddressedCall } from './runtimeCall';
import type { TransportAnswer } from './transportTypes';

const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Where a redirect leads within the same origin; undefined where the answer is none. Throws for another origin, because
 * the token does not follow (decided), and for every write: it is not repeated elsewhere.
 */
export function redirectTarget(call: AddressedCall, answer: TransportAnswer): URL | undefined {
  const { status } = answer;
  const { location } = answer.headers;
  const { href, origin } = call.url;
  if (!redirects.has(status) || location === undefined || !URL.canParse(location, href)) return undefined;
  const target = new URL(location, href);
  const isSameOrigin = target.origin === origin;
  if (isSameOrigin && !isWrite(call)) return target;
  // 303 says "done, look there"; the others say "not here"
  const isOutcomeUnknown = isWrite(call) && status === 303;
  if (isSameOrigin) {
    const detail = `it points to ${addressOf(target)}, and a change is not sent on to another address`;
    throw callError('rejected', call, { status, detail, isOutcomeUnknown });
  }
  const detail = `${origin} redirects to ${originOf(target)}`;
  throw callError('redirect', call, { status, detail, isOutcomeUnknown });
}

/** Without what may carry a session: query, fragment and matrix parameters. */
function addressOf({ origin, pathname }: URL): string {
  return origin + pathname.replace(/;[^/]*/g, '');
}

/** Without the path, which may carry a session or an echo of what was sent. */
function originOf(target: URL): string {
  return target.origin === 'null' ? `${target.protocol}…` : target.origin;
}
