import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createSocketServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { signedCertificate, testKey } from './testCertificates';

export type CallName = 'health' | 'list' | 'put' | 'delete';

export interface Copy {
  readonly hash: string;
  readonly lastModified: number;
}

/** What a fault can do to a runtime that otherwise does what it should. */
export interface FaultyWorld {
  readonly flows: Map<string, Copy>;
  /** Does what the call asks for, without answering. */
  readonly perform: () => void;
  /** The orderly JSON answer of the call. */
  readonly orderly: () => unknown;
}

/** Instead of an orderly answer. The body of the request has been read unless the fault is `early`. */
export type FaultyAnswer = (request: IncomingMessage, response: ServerResponse, world: FaultyWorld) => void;

export interface FaultyRuntime {
  readonly url: string;
  /** `health`, `list`, `put`, `delete` in the order in which they came. */
  readonly calls: readonly CallName[];
  readonly flows: Map<string, Copy>;
  readonly openSockets: () => number;
  close(): Promise<void>;
}

export interface FaultyOptions {
  readonly call: CallName | 'every';
  readonly answer?: FaultyAnswer;
  /** Answers before it has read the body. */
  readonly isEarly?: boolean;
  /** Before the call comes: stops listening, or takes connections and never says a word. */
  readonly connections?: 'refused' | 'silent';
}

/** A whole runtime over real HTTP, with flows and hashes, that goes wrong in one of its calls. */
export async function startFaultyRuntime(options: FaultyOptions): Promise<FaultyRuntime & { break(): Promise<void> }> {
  const calls: CallName[] = [];
  const flows = new Map<string, Copy>();
  const sockets = new Set<Socket>();
  let isSilent = false;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = nameOf(request);
    calls.push(call);
    response.on('error', () => undefined);
    if (options.connections) response.shouldKeepAlive = false;
    const isFaulty = (options.call === 'every' || call === options.call) && options.answer;
    if (isFaulty && options.isEarly) {
      options.answer(request, response, { flows, perform: () => undefined, orderly: () => undefined });
      return;
    }
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const world = worldOf(call, request, body, flows);
    if (isFaulty) {
      options.answer(request, response, world);
      return;
    }
    world.perform();
    answerJson(response, world.orderly());
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse) => void serve(request, response);
  const isSecure = options.connections === 'silent'; // what never says a word can only be seen before the handshake ends
  const http = isSecure
    ? createSecureServer({ key: testKey, cert: signedCertificate }, onRequest)
    : createServer(onRequest);
  http.keepAliveTimeout = 60_000;
  const listener = createSocketServer((socket) => {
    sockets.add(socket.on('error', () => undefined).once('close', () => sockets.delete(socket)));
    if (isSilent)
      socket.resume(); // or it would not hear of the end
    else http.emit('connection', socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      listener.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: `${isSecure ? 'https' : 'http'}://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    calls,
    flows,
    openSockets: () => sockets.size,
    break: async () => {
      if (options.connections === 'refused') await close();
      isSilent = options.connections === 'silent';
    },
    close,
  };
}

function nameOf({ method, url }: IncomingMessage): CallName {
  if (url === '/_api/health') return 'health';
  if (method === 'PUT') return 'put';
  return method === 'DELETE' ? 'delete' : 'list';
}

function worldOf(call: CallName, request: IncomingMessage, body: string, flows: Map<string, Copy>): FaultyWorld {
  const id = request.url?.split('/').at(-1) ?? '';
  return {
    flows,
    perform: () => {
      if (call === 'delete') flows.delete(id);
      if (call !== 'put') return;
      const { yaml } = JSON.parse(body) as { yaml: string };
      flows.set(id, { hash: createHash('sha256').update(yaml).digest('hex'), lastModified: 1_790_000_000_000 });
    },
    orderly: () => {
      switch (call) {
        case 'health':
          return { status: 'UP', uptime: 1, camelVersion: '4.8.0', routes: [] };
        case 'list':
          return [...flows].map(([flow, copy]) => ({ id: flow, routeCount: 1, ...copy }));
        case 'put':
          return { id, ...flows.get(id), routeCount: 1 };
        case 'delete':
          return {};
      }
    },
  };
}

export function answerJson(response: ServerResponse, json: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}
