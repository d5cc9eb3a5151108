import { isIP, isIPv4, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { ChosenProxy } from './chooseProxy';
import type { PendingSockets } from './pendingSockets';
import { ProxyFault } from './proxyFault';

type Connector = buildConnector.connector;

const version = 5;
const method = { none: 0, password: 2, refused: 0xff } as const;

/** RFC 1928, section 6. */
const replies: readonly string[] = [
  '',
  'a failure of its own',
  'not allowed by its rules',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'too late',
  'command not known',
  'form of address not known',
];

/**
 * A connector that has a SOCKS 5 proxy (RFC 1928, 1929) connect to the target, and lets `endpoint` speak TLS inside;
 * without one the connection is used as it is. The host's name is left to the proxy (decided), as with CONNECT.
 * undici's own agent for it calls itself experimental, does not say whose trouble an error is, and leaves the socket
 * open when its proxy hangs.
 */
export function openSocksTunnel(
  proxy: ChosenProxy,
  connect: Connector,
  target: URL,
  endpoint: Connector | undefined,
  pending: PendingSockets,
): Connector {
  const { hostname, port } = new URL(proxy.url);
  const place = { hostname: hostname.replace(/^\[|\]$/g, ''), port: port || '1080', protocol: 'http:' };
  return (options, callback) => {
    connect(place, (error, socket) => {
      if (error) {
        callback(error, null);
        return;
      }
      pending.add(socket);
      askForConnection(socket, proxy, target)
        .finally(() => {
          pending.remove(socket);
        })
        .then(
          () => {
            if (endpoint) endpoint({ ...options, httpSocket: socket }, callback);
            else callback(null, socket);
          },
          (cause: unknown) => {
            socket.on('error', () => undefined).destroy();
            callback(new ProxyFault(proxy.url, undefined, cause), null);
          },
        );
    });
  };
}

async function askForConnection(socket: Socket, { credentials }: ChosenProxy, target: URL): Promise<void> {
  const offered = credentials ? [method.none, method.password] : [method.none];
  socket.write(Buffer.from([version, offered.length, ...offered]));
  const [spoken, chosen] = await take(socket, 2);
  if (spoken !== version) throw new Error('what answers there does not speak SOCKS 5');
  if (chosen === method.password && credentials) await sayPassword(socket, credentials);
  else if (chosen !== method.none) throw new Error(`it wants credentials that it was not given. ${putThemIn}`);
  const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
  socket.write(Buffer.from([version, 1, 0, ...addressOf(target), port >> 8, port & 0xff]));
  const [, reply = 0, , kind] = await take(socket, 4);
  if (reply !== 0) throw new Error(`it answers ${replies[reply] ?? reply} when asked for a connection to the runtime`);
  // the address that it connects from is of no use here
  const length = kind === 3 ? ((await take(socket, 1))[0] ?? 0) : kind === 4 ? 16 : 4;
  await take(socket, length + 2);
}

const putThemIn = 'Put them into http.proxy: socks5://user:password@host:port.';

async function sayPassword(socket: Socket, credentials: NonNullable<ChosenProxy['credentials']>): Promise<void> {
  const fields = [credentials.username, credentials.password].flatMap(withLength);
  socket.write(Buffer.from([1, ...fields]));
  const [, status] = await take(socket, 2);
  if (status !== 0) throw new Error(`it does not accept the credentials. ${putThemIn}`);
}

function withLength(text: string): number[] {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > 255) throw new Error('a name or password is too long for it');
  return [bytes.length, ...bytes];
}

function addressOf({ hostname }: URL): number[] {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIPv4(host)) return [1, ...host.split('.').map(Number)];
  return isIP(host) === 6 ? [4, ...ipv6Bytes(host)] : [3, ...withLength(host)];
}

/** Of the form that a URL gives: groups in hexadecimal, one `::` at most. */
function ipv6Bytes(host: string): number[] {
  const [left = [], right = []] = host.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right]
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255]);
}

/** The next `count` bytes, and no more: what follows belongs to whoever uses the connection. */
async function take(socket: Socket, count: number): Promise<Buffer> {
  const taken: number[] = [];
  while (taken.length < count) {
    const { readableLength } = socket;
    if (readableLength > 0) taken.push(...(socket.read(Math.min(readableLength, count - taken.length)) as Buffer));
    else if (socket.destroyed || socket.readableEnded) throw new Error('it ends the connection');
    else await untilMore(socket);
  }
  return Buffer.from(taken);
}

function untilMore(socket: Socket): Promise<void> {
  const events = ['readable', 'end', 'close', 'error'] as const;
  return new Promise((resolve, reject) => {
    const stop = (error?: unknown) => {
      for (const event of events) socket.off(event, stop);
      if (error instanceof Error) reject(error);
      else resolve();
    };
    for (const event of events) socket.on(event, stop);
  });
}
