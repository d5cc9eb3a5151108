import { createServer, connect } from 'node:net';

export const localEnvironmentIds = ['dev', 'test', 'staging', 'prod'] as const;

const firstPort = 8181;
const lastPort = 65535;

/**
 * The first port from `from` upwards that is not in `taken` and that nothing on this machine listens on. Rejects where
 * there is none.
 */
export async function findFreePort(from: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = from; port <= lastPort; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`No port from ${from} upwards is free.`);
}

/** One free port for each environment, from 8181 upwards. */
export async function chooseLocalPorts(
  environmentIds: readonly string[] = localEnvironmentIds,
  from = firstPort,
): Promise<{ id: string; port: number }[]> {
  const taken = new Set<number>();
  const chosen: { id: string; port: number }[] = [];
  for (const id of environmentIds) {
    const port = await findFreePort(from, taken);
    taken.add(port);
    chosen.push({ id, port });
  }
  return chosen;
}

/**
 * Binding alone does not tell: some systems allow 127.0.0.1 beside a program that listens on all addresses, and
 * `localhost` may mean ::1, where another program would get the requests and the token.
 */
async function isFree(port: number): Promise<boolean> {
  if ((await answers('127.0.0.1', port)) || (await answers('::1', port))) return false;
  return canListen(port);
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (isAnswered: boolean) => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.setTimeout(1000, () => {
      done(false);
    });
    socket.once('connect', () => {
      done(true);
    });
    socket.once('error', () => {
      done(false);
    });
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
