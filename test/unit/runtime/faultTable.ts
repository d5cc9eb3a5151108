import type { RuntimeErrorKind } from '../../../src/core/ports';
import * as misbehaving from '../../support/misbehavingRuntime';

const { answer } = misbehaving;

export interface ExpectedFault {
  readonly read: RuntimeErrorKind;
  readonly write: RuntimeErrorKind | 'success';
  readonly isOutcomeUnknown: boolean;
  /** How often a read is sent. */
  readonly reads: number;
  readonly detail?: RegExp;
}

/** What a runtime can do wrong, and what a client has to make of it. */
export const faultTable: Readonly<Record<string, readonly [misbehaving.Misbehaviour, ExpectedFault]>> = {
  'resets before it has read': [
    misbehaving.resetAtOnce,
    { read: 'network', write: 'network', isOutcomeUnknown: true, reads: 3, detail: /reset|closed/ },
  ],
  'resets after it has read': [
    misbehaving.resetAfterRequest,
    { read: 'network', write: 'network', isOutcomeUnknown: true, reads: 3 },
  ],
  'breaks off in the body': [
    misbehaving.resetInBody,
    { read: 'network', write: 'network', isOutcomeUnknown: true, reads: 3 },
  ],
  'does not speak HTTP': [
    misbehaving.noHttp,
    { read: 'unexpected-answer', write: 'unexpected-answer', isOutcomeUnknown: true, reads: 1 },
  ],
  'answers HTML': [
    answer(200, '<html>Please log in</html>'),
    { read: 'unexpected-answer', write: 'success', isOutcomeUnknown: false, reads: 1, detail: /not JSON: <html>Pl/ },
  ],
  'answers nothing': [
    answer(200),
    { read: 'unexpected-answer', write: 'success', isOutcomeUnknown: false, reads: 1, detail: /empty answer/ },
  ],
  'answers JSON of another shape': [
    answer(200, { items: [] }),
    { read: 'unexpected-answer', write: 'success', isOutcomeUnknown: false, reads: 1, detail: /^flows: / },
  ],
  'answers an array with a wrong type': [
    answer(200, [{ id: 'a' }, { id: 'b', lastModified: 'yesterday' }]),
    {
      read: 'unexpected-answer',
      write: 'success',
      isOutcomeUnknown: false,
      reads: 1,
      detail: /^\[1\]\.lastModified: neither an ISO 8601 time nor an epoch$/,
    },
  ],
  'answers without end': [
    misbehaving.endlessBody,
    { read: 'unexpected-answer', write: 'unexpected-answer', isOutcomeUnknown: true, reads: 1, detail: /32 MiB/ },
  ],
  'answers a zip bomb': [
    misbehaving.zippedBomb,
    { read: 'unexpected-answer', write: 'unexpected-answer', isOutcomeUnknown: true, reads: 1, detail: /32 MiB/ },
  ],
  'answers 401': [
    answer(401, { error: 'unauthorized' }),
    { read: 'unauthorized', write: 'unauthorized', isOutcomeUnknown: false, reads: 1, detail: /^unauthorized$/ },
  ],
  'answers 403': [
    answer(403, 'no'),
    { read: 'unauthorized', write: 'unauthorized', isOutcomeUnknown: false, reads: 1 },
  ],
  'answers 404': [
    answer(404, 'no such page'),
    { read: 'rejected', write: 'rejected', isOutcomeUnknown: false, reads: 1, detail: /^no such page$/ },
  ],
  'answers 409': [
    answer(409, { error: 'route id taken' }),
    { read: 'rejected', write: 'rejected', isOutcomeUnknown: false, reads: 1, detail: /^route id taken$/ },
  ],
  'answers 413': [
    answer(413, `too long ${'x'.repeat(1000)}`),
    { read: 'rejected', write: 'rejected', isOutcomeUnknown: false, reads: 1, detail: /^too long x{291}$/ },
  ],
  'answers 500': [
    answer(500, { error: 'boom' }),
    { read: 'server-error', write: 'server-error', isOutcomeUnknown: true, reads: 1, detail: /^boom$/ },
  ],
  'answers 502': [
    answer(502, 'Bad Gateway'),
    { read: 'server-error', write: 'server-error', isOutcomeUnknown: true, reads: 3 },
  ],
  'answers 503 as a gateway does': [
    answer(503, 'Service Unavailable'),
    { read: 'server-error', write: 'server-error', isOutcomeUnknown: true, reads: 3 },
  ],
  'answers 503 without a token of its own': [
    answer(503, { error: 'PIPEBASE_DEPLOY_TOKEN not configured' }),
    { read: 'token-not-configured', write: 'token-not-configured', isOutcomeUnknown: false, reads: 1 },
  ],
  'answers 503 with another error of its own': [
    answer(503, { error: 'starting' }),
    { read: 'server-error', write: 'server-error', isOutcomeUnknown: true, reads: 1, detail: /^starting$/ },
  ],
  'answers 504': [
    answer(504, 'Gateway Timeout'),
    { read: 'server-error', write: 'server-error', isOutcomeUnknown: true, reads: 3 },
  ],
  'redirects without an address': [
    answer(302),
    { read: 'unexpected-answer', write: 'unexpected-answer', isOutcomeUnknown: true, reads: 1 },
  ],
  'redirects to another origin': [
    misbehaving.redirectTo('https://login.example.com/?from=flows'),
    {
      read: 'redirect',
      write: 'redirect',
      isOutcomeUnknown: false,
      reads: 1,
      detail: /^http:\/\/127\.0\.0\.1:\d+ redirects to https:\/\/login\.example\.com$/,
    },
  ],
};
