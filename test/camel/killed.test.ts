import assert from 'node:assert/strict';
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PromotionStage } from './promotionStage';
import { camelRuntimes } from './rootHooks';
import type { CamelRuntime } from './startCamelRuntimes';

const greeting = (word: string): string =>
  `- from:\n    uri: platform-http:/killed\n    steps:\n      - setBody:\n          simple: ${word}\n`;

describe('a Camel runtime that dies after it has taken a deploy, and before it says so', () => {
  let way: Way;
  let stage: PromotionStage;
  before(async () => {
    way = await openWay(test());
    const registry = `version: 1\nenvironments:\n  test:\n    url: ${way.url}\n    promotesTo: prod\n  prod:\n    url: ${prod().url}\n`;
    stage = new PromotionStage(registry, 'killed', greeting('Hello'), (id) => (id === 'test' ? test() : prod()).token);
  });
  after(async () => {
    for (const environment of ['test', 'prod']) await stage.perform({ kind: 'undeploy', environment });
    await stage.close();
    await way.close();
  });

  it('leaves a state that nobody knows, and nothing to promote', async () => {
    assert.equal((await stage.perform({ kind: 'deploy', environment: 'test' })).outcome, 'succeeded');
    stage.edit(greeting('Good day'));
    way.killAtNextPut();
    const result = await stage.perform({ kind: 'deploy', environment: 'test' });
    assert.equal(result.outcome, 'unknown', JSON.stringify(result));
    assert.deepEqual(await stage.states(), { test: 'unknown', prod: 'not-deployed' });
    assert.equal((await stage.perform({ kind: 'promote', from: 'test' })).outcome, 'refused');
  });

  it('is in sync after its restart, since it has what was sent, and can be promoted from', async () => {
    await test().start();
    assert.equal(await (await fetch(`${test().url}/killed`)).text(), 'Good day');
    assert.deepEqual(await stage.states(), { test: 'in-sync', prod: 'not-deployed' });
    assert.equal((await stage.perform({ kind: 'promote', from: 'test' })).outcome, 'succeeded');
    assert.equal(await (await fetch(`${prod().url}/killed`)).text(), 'Good day');
  });
});

const test = (): CamelRuntime => camelRuntimes().of('test');
const prod = (): CamelRuntime => camelRuntimes().of('prod');

/** The way to a runtime. */
interface Way {
  readonly url: string;
  /** The next PUT reaches the runtime, which dies when it has answered; the answer goes no further. */
  killAtNextPut(): void;
  close(): Promise<void>;
}

async function openWay(runtime: CamelRuntime): Promise<Way> {
  let isDeadly = false;
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, headers, url = '' } = request;
    const kills = isDeadly && method === 'PUT';
    const passed = forward(new URL(url, runtime.url), { method, headers }, (answer) => {
      if (kills) void runtime.stop('SIGKILL').then(() => response.destroy());
      else answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
    });
    passed.once('error', () => response.destroy());
    request.pipe(passed);
    isDeadly &&= !kills;
  };
  const server = await listening(createServer(pass));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    killAtNextPut: () => {
      isDeadly = true;
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

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    }),
  );
}
