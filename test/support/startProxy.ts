import { createServer, request as forward, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';

interface AskedFor {
  /** `host:port` of a tunnel, or the whole address of a forwarded request. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export interface TestProxy {
  readonly url: string;
  readonly tunnels: readonly AskedFor[];
  readonly forwarded: readonly AskedFor[];
  /** Of a proxy that speaks TLS: how many clients showed a certificate, though it asks all of them for one. */
  readonly shownCertificates: () => number;
  /** Sockets that a tunnel was asked for on, and that are open. */
  readonly openTunnels: () => number;
  close(): Promise<void>;
}

export interface TestProxyOptions {
  /** Status line to answer with instead of a tunnel. */
  readonly refusal?: string;
  /** Value of `Proxy-Authorization` without which it answers 407. */
  readonly authorization?: string;
  /** Makes it an HTTPS proxy. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Never answers a CONNECT. */
  readonly isSilent?: boolean;
}

/** A proxy that takes every host name for one port of this machine. */
export async function startProxy(targetPort: number, options: TestProxyOptions = {}): Promise<TestProxy> {
  const tunnels: AskedFor[] = [];
  const forwarded: AskedFor[] = [];
  const sockets = new Set<Socket>();
  const tunnelSockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const refusalOf = ({ headers }: IncomingMessage): string | undefined => {
    if (options.authorization !== undefined && headers['proxy-authorization'] !== options.authorization) {
      return '407 Proxy Authentication Required';
    }
    return options.refusal;
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    forwarded.push({ target: request.url ?? '', headers: request.headers });
    const refusal = refusalOf(request);
    if (refusal === undefined) forwardTo(targetPort, request, response);
    else response.writeHead(Number(refusal.slice(0, 3))).end();
  };
  const asking = { requestCert: true, rejectUnauthorized: false };
  const server = options.tls ? createSecureServer({ ...options.tls, ...asking }, onRequest) : createServer(onRequest);
  let shown = 0;
  server.on('connection', keep);
  server.on('secureConnection', (socket: TLSSocket) => {
    if (Object.keys(socket.getPeerCertificate()).length > 0) shown++;
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    tunnels.push({ target: request.url ?? '', headers: request.headers });
    tunnelSockets.add(client.on('error', () => undefined).once('close', () => tunnelSockets.delete(client)));
    if (options.isSilent) {
      client.resume().once('end', () => client.end()); // a server's socket does not end by itself
      return;
    }
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      client.write(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`); // and waits for another request
      client.resume().once('end', () => client.end());
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    keep(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    forwarded,
    shownCertificates: () => shown,
    openTunnels: () => tunnelSockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
      }),
  };
}

/** As a proxy does: the path alone goes on, and nothing that was meant for the proxy. */
function forwardTo(port: number, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '');
  const headers = { ...request.headers };
  delete headers['proxy-authorization'];
  const { method } = request;
  const onward = forward({ host: '127.0.0.1', port, method, path: pathname + search, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onward);
}
