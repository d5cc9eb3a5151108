import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TestSocksProxy {
  readonly url: string;
  /** `host:port` of every connection that was asked for; of an address, its bytes in brackets. */
  readonly targets: readonly string[];
  readonly openSockets: () => number;
  close(): Promise<void>;
}

export interface TestSocksProxyOptions {
  readonly credentials?: { readonly username: string; readonly password: string };
  /** The code that it answers to a request for a connection. */
  readonly reply?: number;
  /** What becomes of a client that has said hello, instead of an answer. */
  readonly greeting?: 'silence' | 'end' | 'reset' | 'HTTP/1.1 400 Bad Request\r\n\r\n';
  /** The kind of address that it names as its own. */
  readonly ownAddress?: 'IPv4' | 'IPv6' | 'name';
  /** Sends its answers byte by byte. */
  readonly isDripping?: boolean;
}

const ownAddresses = {
  IPv4: [1, 127, 0, 0, 1],
  IPv6: [4, ...new Array<number>(16).fill(0)],
  name: [3, 5, ...Buffer.from('proxy')],
};

/** A SOCKS 5 proxy (RFC 1928, 1929) that takes every host for one port of this machine. */
export async function startSocksProxy(
  targetPort: number,
  options: TestSocksProxyOptions = {},
): Promise<TestSocksProxy> {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    serve(client).catch(() => client.destroy());
  });

  async function serve(client: Socket): Promise<void> {
    const bytes = client[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const next = reader(bytes);
    const methods = [...(await next((await next(2))[1] ?? 0))];
    if (options.greeting !== undefined) {
      misgreet(client, options.greeting);
      if (options.greeting === 'silence') await next(1);
      return;
    }
    const wanted = options.credentials ? 2 : 0;
    if (!methods.includes(wanted)) {
      client.end(Buffer.from([5, 0xff]));
      return;
    }
    await say(client, [5, wanted]);
    if (options.credentials) {
      const { username, password } = options.credentials;
      await next(1);
      const given = [await text(next), await text(next)];
      if (given[0] !== username || given[1] !== password) {
        client.end(Buffer.from([1, 1]));
        return;
      }
      await say(client, [1, 0]);
    }
    const kind = (await next(4))[3];
    const host = kind === 3 ? await text(next) : `[${[...(await next(kind === 4 ? 16 : 4))].join('.')}]`;
    targets.push(`${host}:${String((await next(2)).readUInt16BE())}`);
    const reply = options.reply ?? 0;
    if (reply !== 0) {
      client.end(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1');
    keep(upstream);
    await say(client, [5, 0, 0, ...ownAddresses[options.ownAddress ?? 'IPv4'], 0, 80]);
    upstream.pipe(client);
    for (let rest = await bytes.next(); !rest.done; rest = await bytes.next()) upstream.write(rest.value);
    upstream.end();
  }

  async function say(client: Socket, bytes: readonly number[]): Promise<void> {
    for (const piece of options.isDripping ? bytes.map((byte) => [byte]) : [bytes]) {
      client.write(Buffer.from(piece));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    openSockets: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function misgreet(client: Socket, greeting: NonNullable<TestSocksProxyOptions['greeting']>): void {
  if (greeting === 'end') client.end();
  else if (greeting === 'reset') client.resetAndDestroy();
  else if (greeting !== 'silence') client.end(greeting);
}

type Next = (count: number) => Promise<Buffer>;

function reader(bytes: AsyncIterator<Buffer>): Next {
  let known = Buffer.alloc(0);
  return async (count) => {
    while (known.length < count) {
      const next = await bytes.next();
      if (next.done) throw new Error('the client is gone');
      known = Buffer.concat([known, next.value]);
    }
    const taken = known.subarray(0, count);
    known = known.subarray(count);
    return taken;
  };
}

async function text(next: Next): Promise<string> {
  return (await next((await next(1))[0] ?? 0)).toString('utf8');
}
