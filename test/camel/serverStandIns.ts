import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServerStandIns {
  readonly url: string;
  /** What a runtime needs to know to meet them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Lets whoever asks for a bucket wait, until the answer is called for. */
  hold(): Held;
  close(): Promise<void>;
}

export interface Held {
  /** Somebody waits. */
  readonly arrived: Promise<void>;
  release(): void;
}

/** Camel asks S3 for the bucket and Salesforce for a session before it takes a route that uses them. Both are here. */
export async function startServerStandIns(): Promise<ServerStandIns> {
  let gate: { readonly isOpen: Promise<void>; readonly arrive: () => void } | undefined;
  const answerBucket = async (response: ServerResponse): Promise<void> => {
    gate?.arrive();
    await gate?.isOpen;
    response.setHeader('content-type', 'application/xml');
    response.end('<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>');
  };
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith('/services/oauth2/') === true) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'session', instance_url: addressOf(server), id: addressOf(server) }));
    } else {
      void answerBucket(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: addressOf(server),
    environment: {
      AWS_ENDPOINT_URL: addressOf(server),
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'nothing',
      SALESFORCE_CLIENT_ID: 'nobody',
      SALESFORCE_CLIENT_SECRET: 'nothing',
    },
    hold: () => {
      const opened = promise();
      const arrived = promise();
      gate = { isOpen: opened.whenDone, arrive: arrived.done };
      return {
        arrived: arrived.whenDone,
        release: () => {
          gate = undefined;
          opened.done();
        },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function addressOf(server: ReturnType<typeof createServer>): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function promise(): { readonly whenDone: Promise<void>; readonly done: () => void } {
  let done = (): void => undefined;
  const whenDone = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { whenDone, done };
}
