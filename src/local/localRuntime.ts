import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../core/ports';
import { answerRequest, type LocalService } from './answerRequest';
import { LocalFlowStore } from './localFlowStore';
import { Refusal, type LocalAnswer } from './refusal';

export interface LocalRuntimeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Empty: the runtime answers 503, as a runtime without PIPEBASE_DEPLOY_TOKEN does. */
  readonly token: string;
  /** Holds the deployed flows over restarts; made where it does not exist. */
  readonly directory: string;
  readonly environmentId: string;
  readonly log?: Log;
}

export interface LocalRuntime {
  readonly port: number;
  readonly url: string;
  /** Ends every connection, and resolves when what was accepted is on disk. */
  close(): Promise<void>;
  /** Forgets every flow, on disk too. */
  reset(): Promise<void>;
}

const host = '127.0.0.1';

/**
 * A local environment: answers the management API (`/_api/health`, `/_api/flows`) as a Pipebase runtime does, in the
 * canonical shapes, with real validation, and keeps what is deployed; it runs no route.
 *
 * Rejects with Node's own error, `code` `EADDRINUSE` where the port is held.
 */
export async function startLocalRuntime(options: LocalRuntimeOptions): Promise<LocalRuntime> {
  const { directory, token, environmentId, log } = options;
  const store = new LocalFlowStore(directory, log);
  const service: LocalService = { directory, token, environmentId, store, startedAt: Date.now() };
  let admitRequests!: () => void;
  const loaded = new Promise<void>((resolve) => (admitRequests = resolve));
  const server = createServer((request, response) => void loaded.then(() => serve(service, request, response, log)));
  // The port first: who does not get it must not touch the files, which another window may be writing.
  const port = await listen(server, options.port);
  try {
    await store.load();
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  admitRequests();
  return {
    port,
    url: `http://${host}:${port}`,
    close: async () => {
      await closeServer(server);
      await store.settled();
    },
    reset: () => store.clear(),
  };
}

async function serve(
  service: LocalService,
  request: IncomingMessage,
  response: ServerResponse,
  log: Log | undefined,
): Promise<void> {
  const answer = await answerRequest(service, request).catch((error: unknown) => {
    return request.socket.destroyed ? undefined : refusalAnswer(error, log);
  });
  if (answer === undefined) return;
  const headers = { 'cache-control': 'no-store', ...answer.headers };
  if (answer.json === undefined) {
    response.writeHead(answer.status, headers).end();
    return;
  }
  response.writeHead(answer.status, { ...headers, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(answer.json));
}

function refusalAnswer(error: unknown, log: Log | undefined): LocalAnswer {
  if (error instanceof Refusal) return { status: error.status, json: { error: error.message }, headers: error.headers };
  log?.error(`The local environment failed: ${String(error)}`);
  return { status: 500, json: { error: 'The local environment failed; the log tells why.' } };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
