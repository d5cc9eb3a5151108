import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import type { RuntimeErrorKind } from '../../src/core/ports';
import { answerJson, type CallName, type FaultyAnswer, type FaultyOptions } from '../support/faultyRuntime';

/** What one call of a runtime that goes wrong ends in. */
export interface Ending {
  /** Of the call's error; `answered` where there is none, `not sent` where an operation did not get as far. */
  readonly kind: RuntimeErrorKind | 'answered' | 'not sent';
  /** How often the call is sent. */
  readonly requests: number;
  /** How often the list is read afterwards, to find out what became of a write. */
  readonly looks: number;
  /** What a person reads in the end: one of these, which differ by chance. None where all is well. */
  readonly sentences: readonly string[];
}

export interface FaultRow extends Omit<FaultyOptions, 'call'> {
  /** The runtime never answers: the call is made with a short time-out. */
  readonly isHanging?: boolean;
  /** Every call goes wrong like this, and can be read. */
  readonly isLying?: boolean;
  readonly health: Ending;
  readonly list: Ending;
  readonly put: Ending;
  readonly delete: Ending;
}

const html = '<html>Please log in</html>';
const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '), { level: 1 });
const megabyte = Buffer.alloc(1024 * 1024, ' ');

const status =
  (code: number, body: unknown, headers: Record<string, string> = {}): FaultyAnswer =>
  (_request, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(code, headers).end(text);
  };

const raw =
  (text: string | Buffer, ending: 'end' | 'keep' = 'end'): FaultyAnswer =>
  ({ socket }) => {
    socket.write(text);
    if (ending === 'end') socket.end();
  };

const reset: FaultyAnswer = ({ socket }) => {
  socket.resetAndDestroy();
};

function drip(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 2);
  response.once('close', () => {
    clearInterval(timer);
  });
}

function pour(response: ServerResponse, megabytes: number): void {
  if (megabytes === 0 || response.destroyed) response.end();
  else
    response.write(megabyte, () => {
      pour(response, megabytes - 1);
    });
}

/** The words for each kind, as they stand in the views; they are an environment's, and end with the details. */
const said: Readonly<Partial<Record<RuntimeErrorKind, string>>> = {
  network: 'It does not answer. Check that the runtime runs and that its URL is right.',
  timeout: 'It did not answer in time. Check the runtime, or raise timeoutMs.',
  unauthorized: 'It does not accept the deploy token. Set the token that the runtime was started with.',
  'token-not-configured': 'The runtime has no deploy token: start it with PIPEBASE_DEPLOY_TOKEN set.',
  'server-error': 'The runtime answers with an error of its own. Its log says more.',
  'rate-limited': 'It is asked too often and wants a pause. Refresh in a while.',
  rejected: 'The runtime refuses the request. Check that its URL is right; its log says more.',
  redirect: 'The runtime points to another origin; the token is not sent there. Correct the URL.',
  'unexpected-answer': 'What answers there does not speak the Pipebase API. Check the URL.',
};

const notListed = 'the runtime accepted it but does not list it. Its log says more.';
const stillListed = "the runtime answered, but still lists it. Refresh; if it stays so, the runtime's log says more.";

const notDeployed = (words: string) => `orders was not deployed to dev: ${words}`;
const notUndeployed = (words: string) => `orders was not undeployed from dev: ${words}`;

/** The answer was lost, and a read does not show the write yet. */
const lost = (what: string, found: string) =>
  `${what}: the answer was lost, and when read right after, ${found}. It may still arrive; refresh to see.`;
const lostDeploy = lost('Sending orders to dev', 'it was not listed');
const lostUndeploy = lost('Undeploying orders from dev', 'it was still listed');
interface Failing {
  readonly kind: RuntimeErrorKind;
  readonly status?: number;
  /** How often a read is sent. */
  readonly requests?: number;
  /** A write may have happened. */
  readonly isUnclear?: boolean;
  /** Said by what stands in between: the runtime may still be at work. */
  readonly isFromGateway?: boolean;
}

type Endings = Pick<FaultRow, CallName>;

/** Every call ends in the same error, of which the details are `words`. */
function failing(failure: Failing, ...words: readonly string[]): Endings {
  const { kind, status, requests = 1, isUnclear = false, isFromGateway = false } = failure;
  const read = { kind, requests, looks: 0, sentences: words.map((own) => [said[kind], own].join(' ').trim()) };
  const ofWrite = words.map((own) => {
    if (kind === 'rejected') return `the runtime rejects it (${status}). ${own}`;
    if (kind === 'server-error') return `the runtime answered with an error (${status}). ${own} Its log says more.`;
    return [said[kind], own].join(' ').trim();
  });
  const write = { kind, requests: Math.min(1, requests), looks: isUnclear ? 1 : 0 };
  const mayStillArrive = isUnclear && (status === undefined || isFromGateway);
  return {
    health: read,
    list: read,
    put: { ...write, sentences: mayStillArrive ? [lostDeploy] : ofWrite.map(notDeployed) },
    delete: { ...write, sentences: mayStillArrive ? [lostUndeploy] : ofWrite.map(notUndeployed) },
  };
}

const answered: Ending = { kind: 'answered', requests: 1, looks: 0, sentences: [] };

/** A write is taken for accepted, and then looked for. */
const accepted: Pick<FaultRow, 'put' | 'delete'> = {
  put: { ...answered, looks: 1, sentences: [notDeployed(notListed)] },
  delete: { ...answered, looks: 1, sentences: [notUndeployed(stillListed)] },
};

/** The answer is of no use to a read; whatever it is, a write asks for its status only. */
const unreadable = (health: string, list = health): Endings => ({
  ...failing({ kind: 'unexpected-answer' }, list),
  health: failing({ kind: 'unexpected-answer' }, health).health,
  ...accepted,
});

const broken = { kind: 'network', requests: 3, isUnclear: true } as const;
/** Which of them comes first is chance. */
const brokenWords = [
  'The connection was reset (ECONNRESET).',
  'The connection was closed (UND_ERR_SOCKET).',
  'The connection was closed (EPIPE).',
];
const late = { kind: 'timeout', isUnclear: true } as const;
const garbage = { kind: 'unexpected-answer', isUnclear: true } as const;
const tooLarge = 'The answer is larger than 32 MiB.';
/** A gateway's, which passes; and the runtime's own word. */
const gateway = (code: number) =>
  ({ kind: 'server-error', status: code, requests: 3, isUnclear: true, isFromGateway: true }) as const;
const ownError = (code: number) => ({ kind: 'server-error', status: code, isUnclear: true }) as const;
const refused = (code: number) => ({ kind: 'rejected', status: code }) as const;

/** Every way in which a runtime is known to go wrong, and what is made of it in each call. `{url}` is the runtime's. */
export const faultTable: Readonly<Record<string, FaultRow>> = {
  'refuses the connection': {
    connections: 'refused',
    ...failing({ kind: 'network', requests: 0 }, 'Nothing listens there (ECONNREFUSED).'),
  },
  'hangs in connect': {
    connections: 'silent',
    isHanging: true,
    // Two clocks run out at once; undici's brings its own name along.
    ...failing(
      { kind: 'timeout', requests: 0 },
      'No connection in time.',
      'No connection in time (UND_ERR_CONNECT_TIMEOUT).',
    ),
  },
  'resets before the request is read': { isEarly: true, answer: reset, ...failing(broken, ...brokenWords) },
  'resets after the request': { answer: reset, ...failing(broken, ...brokenWords) },
  'hangs in the headers': {
    isHanging: true,
    answer: () => undefined,
    ...failing(late, 'Connected, but no answer in time.'),
  },
  'hangs in the body': {
    isHanging: true,
    answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n[', 'keep'),
    ...failing(late, 'The answer stopped half-way.'),
  },
  drips: {
    isHanging: true,
    answer: (_request, response) => {
      drip(response);
    },
    ...failing(late, 'The answer took too long.'),
  },
  'truncates its answer': {
    answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n[{"id":"orders"'),
    ...failing(broken, ...brokenWords),
  },
  'truncates its chunks': {
    answer: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n[\r\n'),
    ...failing(broken, ...brokenWords),
  },
  'speaks no HTTP': {
    answer: raw('SSH-2.0-OpenSSH_9.6\r\n'),
    ...failing(garbage, 'Response does not match the HTTP/1.1 protocol (Expected HTTP/, RTSP/ or ICE/).'),
  },
  'answers HTML': { answer: status(200, html), ...unreadable('Not JSON: <html>Please log in</html>.') },
  'answers broken JSON': { answer: status(200, '[{"id":'), ...unreadable('Not JSON: [{"id":.') },
  'answers wrong types': {
    answer: status(200, { flows: [{ id: 7 }], uptime: 'soon' }),
    ...unreadable(
      'uptime: neither milliseconds nor an ISO 8601 duration.',
      'flows[0].id: Invalid input: expected string, received number.',
    ),
  },
  'answers 40 MB': {
    answer: (_request, response) => {
      pour(response.writeHead(200), 40);
    },
    ...failing(garbage, tooLarge),
  },
  'announces 40 MB': {
    answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 40000000\r\n\r\n[', 'keep'),
    ...failing(garbage, tooLarge),
  },
  'answers a gzip bomb': {
    answer: (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    ...failing(garbage, tooLarge),
  },
  'answers invalid UTF-8': {
    answer: (_request, response) => void response.end(Buffer.from('[{"id":"orders\xff"}]', 'latin1')),
    ...unreadable('The answer is not UTF-8.'),
  },
  'answers 204 with a body': {
    answer: raw('HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nhello'),
    ...failing(
      garbage,
      'Response body length does not match content-length header (UND_ERR_RES_CONTENT_LENGTH_MISMATCH).',
    ),
  },
  'points to another origin': {
    answer: status(301, '', { location: 'https://login.example.com/?from=flows' }),
    ...failing({ kind: 'redirect' }, '{url} redirects to https://login.example.com.'),
  },
  'answers 401': { answer: status(401, { error: 'unauthorized' }), ...failing({ kind: 'unauthorized' }, '') },
  'answers 403': { answer: status(403, 'no'), ...failing({ kind: 'unauthorized' }, 'No.') },
  'answers 404': {
    answer: status(404, 'no such page'),
    ...failing(refused(404), 'No such page.'),
    delete: accepted.delete,
  },
  'answers 409': { answer: status(409, { error: 'route id taken' }), ...failing(refused(409), 'Route id taken.') },
  'answers 413': {
    answer: status(413, `too long ${'x'.repeat(999)}`),
    ...failing(refused(413), `Too long ${'x'.repeat(290)}…`),
  },
  'answers 429': { answer: status(429, 'slowly'), ...failing({ kind: 'rate-limited' }, 'Slowly.') },
  'answers 429 and asks for no pause at all': {
    answer: status(429, 'slowly', { 'retry-after': '0' }),
    ...failing({ kind: 'rate-limited', requests: 3 }, 'Slowly.'),
  },
  'answers 429 and asks for an hour': {
    answer: status(429, 'slowly', { 'retry-after': '3600' }),
    ...failing({ kind: 'rate-limited' }, 'Slowly.'),
  },
  'answers 500': { answer: status(500, { error: 'boom' }), ...failing(ownError(500), 'Boom.') },
  'answers 502': { answer: status(502, 'Bad Gateway'), ...failing(gateway(502), 'Bad Gateway.') },
  'answers 503 without a token of its own': {
    answer: status(503, { error: 'PIPEBASE_DEPLOY_TOKEN not configured' }),
    ...failing({ kind: 'token-not-configured' }, ''),
  },
  'answers 503 as a gateway does': { answer: status(503, 'Unavailable'), ...failing(gateway(503), 'Unavailable.') },
  'answers 503 with another error of its own': {
    answer: status(503, { error: 'starting' }),
    ...failing(ownError(503), 'Starting.'),
  },
  'answers 503 as a gateway does that speaks JSON': {
    answer: status(503, { message: 'no upstream' }),
    ...failing(gateway(503), '{"message":"no upstream"}.'),
  },
  'answers 504': { answer: status(504, 'Gateway Timeout'), ...failing(gateway(504), 'Gateway Timeout.') },
  'answers 200 without doing it': {
    answer: (_request, response, { orderly }) => {
      answerJson(response, orderly());
    },
    health: answered,
    list: answered,
    ...accepted,
  },
  'has a clock far off': {
    isLying: true,
    answer: (_request, response, { perform, orderly }) => {
      perform();
      response.setHeader('date', 'Thu, 01 Jan 1970 00:00:00 GMT');
      answerJson(response, ofEachFlow(orderly(), { lastModified: '2099-01-01T00:00:00Z' }));
    },
    health: answered,
    list: answered,
    put: { ...answered, looks: 1 },
    delete: { ...answered, looks: 1 },
  },
  'has a hash that changes on every read': {
    isLying: true,
    answer: (_request, response, { perform, orderly }) => {
      perform();
      answerJson(response, ofEachFlow(orderly(), { hash: randomBytes(32).toString('hex') }));
    },
    health: answered,
    list: answered,
    put: {
      ...answered,
      looks: 1,
      sentences: [
        "Sending orders to dev: the runtime lists it with a hash that does not confirm this version. Refresh, and look at the runtime's log.",
      ],
    },
    delete: { ...answered, looks: 1 },
  },
  'lists another flow’s id': {
    isLying: true,
    answer: (_request, response, { perform, orderly }) => {
      perform();
      answerJson(response, ofEachFlow(orderly(), { id: 'billing' }));
    },
    health: answered,
    list: answered,
    put: accepted.put,
    delete: { kind: 'not sent', requests: 0, looks: 0, sentences: ['orders is not deployed in dev.'] },
  },
};

/** An answer that is a list of flows, with another truth in it. */
function ofEachFlow(answer: unknown, lie: Readonly<Record<string, unknown>>): unknown {
  return Array.isArray(answer) ? (answer as object[]).map((flow) => ({ ...flow, ...lie })) : answer;
}
