import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

export interface LoopbackServer {
  /** With a path, so that it is not taken for an environment that runs in the window. */
  readonly url: string;
  /** Everything that arrived, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

const basePath = '/runtime';

/** A server on this machine that writes down what arrives. `answer` sees paths without the base path of the URL. */
export async function loopbackServer(
  answer: (request: ReceivedRequest) => Answer | Promise<Answer>,
): Promise<LoopbackServer> {
  const requests: ReceivedRequest[] = [];
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(incoming);
    requests.push(request);
    const { status, json } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  };
  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const { method = '', url = '', headers } = incoming;
  const body = (await buffer(incoming)).toString('utf8');
  return { method, path: url.replace(basePath, ''), authorization: headers.authorization, body };
}
