import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** Runtimes in a thread of their own, so that their work is not taken for the client's. Tells its URLs, and counts. */
const { environmentCount, flowCount } = workerData as { environmentCount: number; flowCount: number };

const list = JSON.stringify(
  Array.from({ length: flowCount }, (_, index) => ({
    id: `flow-${String(index)}`,
    lastModified: '2026-11-23T10:00:00.000Z',
    hash: index.toString(16).padStart(64, 'a'),
    routeCount: 1,
  })),
);
const routes = Array.from({ length: flowCount }, (_, index) => ({ id: `route-${String(index)}`, status: 'Started' }));
const health = JSON.stringify({ status: 'UP', uptime: 1, camelVersion: '4.8.0', routes });

const requests = { list: 0, health: 0 };

const servers = Array.from({ length: environmentCount + 1 }, (_, index) =>
  createServer((request, response) => {
    const isHealth = request.url === '/_api/health';
    requests[isHealth ? 'health' : 'list']++;
    if (index === environmentCount) return; // the dead one, which never answers
    response.writeHead(200, { 'content-type': 'application/json' }).end(isHealth ? health : list);
  }),
);

async function listen(): Promise<void> {
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  parentPort?.postMessage(
    servers.map((server) => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`),
  );
}

parentPort?.on('message', () => {
  parentPort?.postMessage({ ...requests });
});
void listen();
