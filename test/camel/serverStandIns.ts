import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServerStandIns {
  readonly url: string;
  /** What a runtime needs to know to meet them. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Camel asks S3 for the bucket and Salesforce for a session before it takes a route that uses them. Both are here. */
export async function startServerStandIns(): Promise<ServerStandIns> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith('/services/oauth2/') === true) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'session', instance_url: addressOf(server), id: addressOf(server) }));
    } else {
      response.setHeader('content-type', 'application/xml');
      response.end('<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>');
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
