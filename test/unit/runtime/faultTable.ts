import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import type { UnreachableReason } from '../../../src/core/promotion/types';
import { answerJson, type FaultyAnswer, type FaultyOptions } from '../../support/faultyRuntime';

/**
 * What a client knows of a write afterwards. `nothing-sent` and `refused`: it did not happen, and nobody needs to look.
 * `accepted` and `unclear`: only the read that follows can tell.
 */
type Knowledge = 'nothing-sent' | 'refused' | 'accepted' | 'unclear';

export interface FaultRow extends Omit<FaultyOptions, 'call'> {
  /** What reading ends in; undefined: the answer can be read. */
  readonly read: UnreachableReason | undefined;
  /** How often a read is sent. */
  readonly requests: number;
  readonly write: Knowledge;
  /** Where a DELETE is told something else than a PUT. */
  readonly delete?: Knowledge;
  /** Of the words that a person reads about a read. */
  readonly sentence: RegExp;
  /** The runtime never answers: the call is made with a short time-out. */
  readonly isHanging?: boolean;
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

const network = {
  read: 'network',
  requests: 3,
  write: 'unclear',
  sentence: /^It does not answer\. .*reset|closed/,
} as const;
const timeout = {
  read: 'timeout',
  requests: 1,
  write: 'unclear',
  sentence: /^It did not answer in time\. Check the runtime, or raise timeoutMs\./,
  isHanging: true,
} as const;
const unreadable = { read: 'unexpected-answer', requests: 1, write: 'accepted' } as const;
const refused = { read: 'rejected', requests: 1, write: 'refused' } as const;
const gateway = { read: 'server-error', requests: 3, write: 'unclear' } as const;

/** Every way in which a runtime is known to go wrong, and what is made of it in each call. */
export const faultTable: Readonly<Record<string, FaultRow>> = {
  'refuses the connection': {
    connections: 'refused',
    ...network,
    requests: 0,
    write: 'nothing-sent',
    sentence: /right\. Nothing listens there \(ECONNREFUSED\)\.$/,
  },
  'hangs in connect': {
    ...timeout,
    connections: 'silent',
    requests: 0,
    write: 'nothing-sent',
    // Two clocks run out at once; undici's brings its own name along.
    sentence: /no connection in time( \(UND_ERR_CONNECT_TIMEOUT\))?\.$/i,
  },
  'resets before the request is read': { ...network, isEarly: true, answer: reset },
  'resets after the request': { ...network, answer: reset },
  'hangs in the headers': { ...timeout, answer: () => undefined, sentence: /connected, but no answer in time\.$/i },
  'hangs in the body': {
    ...timeout,
    answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n[', 'keep'),
    sentence: /stopped half-way\.$/,
  },
  drips: {
    ...timeout,
    answer: (_request, response) => {
      drip(response);
    },
    sentence: /took too long\.$/,
  },
  'truncates its answer': {
    ...network,
    answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n[{"id":"orders"'),
  },
  'truncates its chunks': {
    ...network,
    answer: raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n[\r\n'),
  },
  'speaks no HTTP': {
    ...unreadable,
    write: 'unclear',
    answer: raw('SSH-2.0-OpenSSH_9.6\r\n'),
    sentence: /does not speak/,
  },
  'answers HTML': { ...unreadable, answer: status(200, html), sentence: /Check the URL\. Not JSON: <html>Please/i },
  'answers broken JSON': { ...unreadable, answer: status(200, '[{"id":'), sentence: /not JSON: \[\{"id":\.$/i },
  'answers wrong types': {
    ...unreadable,
    answer: status(200, { flows: [{ id: 7 }], uptime: 'soon' }),
    sentence: /(flows\[0\]\.id|uptime): /i,
  },
  'answers 40 MB': {
    ...unreadable,
    write: 'unclear',
    answer: (_request, response) => {
      pour(response.writeHead(200), 40);
    },
    sentence: /larger than 32 MiB/,
  },
  'answers a gzip bomb': {
    ...unreadable,
    write: 'unclear',
    answer: (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    sentence: /larger than 32 MiB/,
  },
  'answers invalid UTF-8': {
    ...unreadable,
    answer: (_request, response) => void response.end(Buffer.from('[{"id":"orders\xff"}]', 'latin1')),
    sentence: /not UTF-8/i,
  },
  'answers 204 with a body': {
    ...unreadable,
    write: 'unclear',
    answer: raw('HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nhello'),
    sentence: /length does not match/,
  },
  'points to another origin': {
    ...refused,
    read: 'redirect',
    answer: status(301, '', { location: 'https://login.example.com/?from=flows' }),
    sentence: /redirects to https:\/\/login\.example\.com\.$/,
  },
  'answers 401': {
    ...refused,
    read: 'unauthorized',
    answer: status(401, { error: 'unauthorized' }),
    sentence: /^It does not accept the deploy token\. Set the token that the runtime was started with\.$/,
  },
  'answers 403': { ...refused, read: 'unauthorized', answer: status(403, 'no'), sentence: /deploy token.* no\.$/i },
  'answers 404': {
    ...refused,
    delete: 'accepted',
    answer: status(404, 'no such page'),
    sentence: /refuses the request.* no such page\.$/i,
  },
  'answers 409': { ...refused, answer: status(409, { error: 'route id taken' }), sentence: /route id taken\.$/i },
  'answers 413': { ...refused, answer: status(413, `too long ${'x'.repeat(999)}`), sentence: /too long x{290}…/i },
  'answers 429': {
    ...refused,
    read: 'rate-limited',
    answer: status(429, 'slowly'),
    sentence: /wants a pause.*slowly/i,
  },
  'answers 429 and asks for no pause at all': {
    ...refused,
    read: 'rate-limited',
    requests: 3,
    answer: status(429, 'slowly', { 'retry-after': '0' }),
    sentence: /wants a pause/,
  },
  'answers 429 and asks for an hour': {
    ...refused,
    read: 'rate-limited',
    answer: status(429, 'slowly', { 'retry-after': '3600' }),
    sentence: /wants a pause/,
  },
  'answers 500': { ...gateway, requests: 1, answer: status(500, { error: 'boom' }), sentence: /boom\.$/i },
  'answers 502': { ...gateway, answer: status(502, 'Bad Gateway'), sentence: /Bad Gateway\.$/ },
  'answers 503 without a token of its own': {
    ...refused,
    read: 'token-not-configured',
    answer: status(503, { error: 'PIPEBASE_DEPLOY_TOKEN not configured' }),
    sentence: /start it with PIPEBASE_DEPLOY_TOKEN set\.$/,
  },
  'answers 503 as a gateway does': { ...gateway, answer: status(503, 'Unavailable'), sentence: /Unavailable\.$/ },
  'answers 503 with another error of its own': {
    ...gateway,
    requests: 1,
    answer: status(503, { error: 'starting' }),
    sentence: /starting\.$/i,
  },
  'answers 504': { ...gateway, answer: status(504, 'Gateway Timeout'), sentence: /Gateway Timeout\.$/ },
};

/** Answers that can be read, and are not what they seem. */
export const lyingAnswers: Readonly<Record<string, FaultyAnswer>> = {
  'a clock far off': (_request, response, { orderly }) => {
    const flows = orderly() as Record<string, unknown>[];
    response.setHeader('date', 'Thu, 01 Jan 1970 00:00:00 GMT');
    answerJson(
      response,
      flows.map((flow) => ({ ...flow, lastModified: '2099-01-01T00:00:00Z' })),
    );
  },
  'a hash that changes on every read': (_request, response, { orderly }) => {
    const flows = orderly() as Record<string, unknown>[];
    answerJson(
      response,
      flows.map((flow) => ({ ...flow, hash: randomBytes(32).toString('hex') })),
    );
  },
  'another flow’s id in the list': (_request, response, { orderly }) => {
    const flows = orderly() as Record<string, unknown>[];
    answerJson(
      response,
      flows.map((flow) => ({ ...flow, id: 'billing' })),
    );
  },
};
