import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { testKey } from './testCertificates';

export interface TlsRuntime {
  readonly url: string;
  readonly port: number;
  /** How many requests came. */
  readonly requests: () => number;
  close(): Promise<void>;
}

/** Answers everything with an empty list of flows, over TLS. */
export async function startTlsRuntime(options: ServerOptions): Promise<TlsRuntime> {
  let requests = 0;
  const server = createServer({ key: testKey, ...options }, (_request, response) => {
    requests++;
    response.end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
