import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startTestRuntime } from '../../support/startTestRuntime';

export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

export interface ListedFlow {
  readonly id: string;
  readonly hash: string;
  readonly routeCount: number;
}

export interface HeldCalls {
  readonly waiting: Promise<void>;
  release(): void;
}

/** A local runtime behind a door at which every call is written down. */
export interface RecordedRuntime {
  /** `http://localhost:PORT` */
  readonly url: string;
  readonly token: string;
  readonly calls: readonly RecordedCall[];
  /** PUT and DELETE calls alone. */
  writes(): readonly RecordedCall[];
  /** Paths of the calls that came without the right token, health aside. */
  refused(): readonly string[];
  /** What runs there, asked over HTTP as anybody would. */
  flows(): Promise<readonly ListedFlow[]>;
  /** Deploys past the extension, as a colleague does. */
  put(id: string, yaml: string): Promise<void>;
  /** Lets no write through until the returned function is called; resolves once one waits. */
  holdWrites(): HeldCalls;
  /** The same for reads of the list of flows. */
  holdReads(): HeldCalls;
  close(): Promise<void>;
}

export async function startRecordedRuntime(environmentId: string, token: string): Promise<RecordedRuntime> {
  const runtime = await startTestRuntime({ environmentId, token });
  const calls: RecordedCall[] = [];
  const refused: string[] = [];
  const [readDoor, writeDoor] = [new Door(), new Door()];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', headers } = request;
    const body = await text(request);
    calls.push({ method, path, body, authorization: headers.authorization });
    if (method !== 'GET') await writeDoor.pass();
    else if (path.endsWith('/flows')) await readDoor.pass();
    const onward = forward({ host: '127.0.0.1', port: runtime.port, method, path, headers }, (answer) => {
      if (answer.statusCode === 401) refused.push(path);
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  };
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${runtime.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    token,
    calls,
    writes: () => calls.filter(({ method }) => method !== 'GET'),
    refused: () => refused,
    flows: async () => (await (await ask('/_api/flows')).json()) as readonly ListedFlow[],
    put: async (id, yaml) => {
      const { status } = await ask(`/_api/flows/${id}`, { method: 'PUT', body: JSON.stringify({ yaml }) });
      if (status !== 200) throw new Error(`the runtime answered ${status}`);
    },
    holdWrites: () => writeDoor.hold(),
    holdReads: () => readDoor.hold(),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      await runtime.close();
    },
  };
}

class Door {
  private gate = Promise.resolve();
  private arrived = (): void => undefined;

  async pass(): Promise<void> {
    this.arrived();
    await this.gate;
  }

  hold(): HeldCalls {
    let release: () => void = () => undefined;
    this.gate = new Promise((resolve) => (release = resolve));
    const waiting = new Promise<void>((resolve) => (this.arrived = resolve));
    return { waiting, release };
  }
}
