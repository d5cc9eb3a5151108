import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TestFirewall {
  readonly port: number;
  /** Connections that were made through it. */
  readonly made: () => number;
  /** Lets nothing through any more on the connections that there are, and tells neither side. */
  forget(): void;
  close(): Promise<void>;
}

/** Stands before a port of this machine, and forgets connections, as one does with those that are idle. */
export async function startFirewall(targetPort: number): Promise<TestFirewall> {
  const sockets = new Set<Socket>();
  const known = new Set<Socket>();
  let made = 0;
  const server = createServer((outside) => {
    const inside = connect(targetPort, '127.0.0.1');
    made++;
    known.add(outside);
    for (const [from, to] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => known.has(outside) && to.write(bytes));
      from.on('error', () => undefined).on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    made: () => made,
    forget: () => {
      known.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
