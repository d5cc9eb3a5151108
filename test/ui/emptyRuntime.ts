import type { Answer, ReceivedRequest } from './loopbackServer';

/** Answers as a runtime that has no flow, to whoever has the token. */
export function emptyRuntime(token: string): (request: ReceivedRequest) => Answer {
  return ({ path, authorization }) => {
    if (path === '/_api/health') {
      return { status: 200, json: { status: 'UP', uptime: 1, camelVersion: '4.10.0', routes: [] } };
    }
    return authorization === `Bearer ${token}`
      ? { status: 200, json: [] }
      : { status: 401, json: { error: 'unauthorized' } };
  };
}
