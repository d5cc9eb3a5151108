import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { testKey } from './testCertificates';

export interface TlsRuntime {
  readonly url: string;
  readonly port: number;
  /** How many requests came. */
  readonly requests: () => number;
  /** Shows another certificate from now on, and ends the connections that saw the one before. */
  present(cert: string): void;
  close(): Promise<void>;
}

/** Well, and without any flow, over TLS. */
export async function startTlsRuntime(options: ServerOptions): Promise<TlsRuntime> {
  let requests = 0;
  const server = createServer({ key: testKey, ...options }, ({ url }, response) => {
    requests++;
    response.end(url === '/_api/health' ? '{"status":"UP"}' : '[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    requests: () => requests,
    present: (cert) => {
      server.setSecureContext({ key: testKey, ...options, cert });
      server.closeAllConnections();
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
