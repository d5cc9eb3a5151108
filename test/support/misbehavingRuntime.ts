import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

/** One way to treat a request. It gets the request with its body unread. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly socketPort: number | undefined;
}

export interface MisbehavingRuntime {
  readonly url: string;
  /** Every request that came, in order. */
  readonly calls: readonly ReceivedCall[];
  readonly openSockets: () => Promise<number>;
  /** Resolves with the next request as it comes in. */
  nextCall(): Promise<ReceivedCall>;
  close(): Promise<void>;
}

/** A runtime over real HTTP that treats the first request as the first argument says, and so on; the last one stays. */
export async function startMisbehavingRuntime(...misbehaviours: readonly Misbehaviour[]): Promise<MisbehavingRuntime> {
  const calls: ReceivedCall[] = [];
  const waiting: ((call: ReceivedCall) => void)[] = [];
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers, socket } = request;
    const call = { method, path, headers, socketPort: socket.remotePort };
    calls.push(call);
    const misbehave = misbehaviours[Math.min(calls.length, misbehaviours.length) - 1];
    void misbehave?.(request, response);
    for (const resolve of waiting.splice(0)) resolve(call);
  });
  server.keepAliveTimeout = 60_000; // so that a socket that goes was ended by the client
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    openSockets: () =>
      new Promise((resolve) => {
        server.getConnections((_error, count) => {
          resolve(count);
        });
      }),
    nextCall: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The URL of a port on which nothing listens. */
export async function refusingUrl(): Promise<string> {
  const runtime = await startMisbehavingRuntime();
  await runtime.close();
  return runtime.url;
}

/** An orderly answer; objects become JSON, texts stay what they are. */
export function answer(status: number, body: unknown = '', headers: Record<string, string> = {}): Misbehaviour {
  return async (request, response) => {
    await text(request);
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export function redirectTo(location: string, status = 301): Misbehaviour {
  return answer(status, '', { location });
}

/** The connection breaks before the body of the request was read. */
export const resetAtOnce: Misbehaviour = (request) => {
  request.socket.resetAndDestroy();
};

/** The whole request came, and the connection breaks instead of an answer. */
export const resetAfterRequest: Misbehaviour = async (request) => {
  await text(request);
  request.socket.resetAndDestroy();
};

export const hangInHeaders: Misbehaviour = () => undefined;

export const hangInBody: Misbehaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('[{"id":');
};

/** The answer breaks off in the middle of its body. */
export const resetInBody: Misbehaviour = (request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('[{"id":', () => {
    request.socket.resetAndDestroy();
  });
};

/** An endless answer: only a client that counts gets away from it. */
export const endlessBody: Misbehaviour = (_request, response) => {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  response.on('error', () => undefined).writeHead(200, { 'content-type': 'application/json' });
  const pump = () => {
    while (!response.destroyed && response.write(chunk)) continue;
  };
  response.on('drain', pump);
  pump();
};

/** A small answer that unfolds to 64 MiB. */
export const zippedBomb: Misbehaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')));
};

export const noHttp: Misbehaviour = (request) => {
  request.socket.end('SSH-2.0-OpenSSH_9.6\r\n');
};
