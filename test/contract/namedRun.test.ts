import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Cleanup, openClient } from '../support/openClient';
import { startTestRuntime } from '../support/startTestRuntime';
import { flowYaml } from './contractRuntime';

/** The command that somebody runs against a runtime of their own, which is in use. */
describe('npm run test:contract -- --url …', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  /** A local environment with a flow of somebody's. */
  async function openUsed() {
    const runtime = cleanup.add(await startTestRuntime());
    const client = cleanup.add(openClient(runtime.url, { token: () => Promise.resolve(runtime.token) }));
    await client.putFlow('orders', { yaml: flowYaml('orders') });
    return { runtime, client, before: await client.listFlows() };
  }

  function start(url: string, token: string) {
    const run = spawn(process.execPath, ['--import', 'tsx', 'test/contract/run.ts', '--url', url], {
      env: { ...process.env, PIPEBASE_CONTRACT_TOKEN: token },
      detached: true, // a group of its own, as in a terminal
    });
    const ended = async () => {
      const texts = Promise.all([text(run.stdout), text(run.stderr)]);
      const [code] = (await once(run, 'close')) as [number | null];
      return { code, output: (await texts).join('') };
    };
    return { run, ended: ended() };
  }

  const runNamed = (url: string, token: string) => start(url, token).ended;

  it('passes with a local environment, touches no flow of somebody’s and leaves none of its own', async () => {
    const { runtime, client, before } = await openUsed();
    const touched = new Set<string>();
    const url = await startForwarder(runtime.url, ({ method = '', url: path = '' }) => {
      const [, id] = /^\/_api\/flows\/(.+)$/.exec(path) ?? [];
      if (method !== 'GET' && id !== undefined) touched.add(id);
    });
    const { code, output } = await runNamed(url, runtime.token);
    assert.equal(code, 0, output);
    assert.match(output, /\d{2} passing/);
    assert.ok(!output.includes(runtime.token), 'the token is in the output');
    assert.deepEqual(await client.listFlows(), before);
    assert.ok(touched.size > 20);
    assert.deepEqual(
      [...touched].filter((id) => !/^pipebase-contract-[0-9a-f]{8}-/.test(id)),
      [],
    );
  });

  it('says what a runtime does not do, and cleans up all the same', async () => {
    const { runtime, client, before } = await openUsed();
    const url = await startForwarder(runtime.url, undefined, (body) => body.replace(/"hash":"[^"]*",?/g, ''));
    const { code, output } = await runNamed(url, runtime.token);
    assert.ok(code, output); // how many behaviours failed
    assert.match(output, /a flow without a hash cannot be compared/);
    assert.deepEqual(await client.listFlows(), before);
  });

  for (const [how, signal, code] of [
    ['presses Ctrl-C', 'SIGINT', 130],
    ['kills it', 'SIGTERM', 143],
    ['closes its terminal', 'SIGHUP', 129],
  ] as const) {
    it(`cleans up where somebody ${how} half-way`, async () => {
      const { runtime, client, before } = await openUsed();
      let puts = 0;
      const url = await startForwarder(runtime.url, ({ method }) => {
        if (method !== 'PUT' || ++puts !== 9) return;
        // `kill` reaches one process, a terminal all of them
        const { pid = NaN } = running.run;
        process.kill(signal === 'SIGTERM' ? pid : -pid, signal);
      });
      const running = start(url, runtime.token);
      const ended = await running.ended;
      assert.equal(ended.code, code, ended.output);
      assert.ok(puts < 30, 'it went on to its end');
      assert.deepEqual(await client.listFlows(), before);
    });
  }

  it('cleans up where a DELETE fails now and then', async () => {
    const { runtime, client, before } = await openUsed();
    let deletes = 0;
    const url = await startForwarder(runtime.url, undefined, undefined, ({ method, url: path = '' }) => {
      return method === 'DELETE' && path.includes('contract') && ++deletes % 3 === 0;
    });
    const { output } = await runNamed(url, runtime.token);
    assert.doesNotMatch(output, /could not be removed/);
    assert.deepEqual(await client.listFlows(), before);
  });

  it('names what it could not remove, and removes the rest', async () => {
    const { runtime, client, before } = await openUsed();
    let stuck: string | undefined;
    const url = await startForwarder(runtime.url, undefined, undefined, ({ method, headers, url: path = '' }) => {
      if (method === 'PUT' && headers.authorization === `Bearer ${runtime.token}`) stuck ??= path;
      return method === 'DELETE' && path === stuck;
    });
    const { code, output } = await runNamed(url, runtime.token);
    assert.ok(code);
    const id = stuck?.split('/').at(-1) ?? '';
    assert.ok(output.includes(`These flows could not be removed; remove them by hand: ${id}\n`), output);
    assert.deepEqual(
      (await client.listFlows()).filter((flow) => flow.id !== id),
      before,
    );
  });

  it('changes nothing with a token that is wrong', async () => {
    const { runtime, client, before } = await openUsed();
    const { code } = await runNamed(runtime.url, 'another');
    assert.ok(code);
    assert.deepEqual(await client.listFlows(), before);
  });

  /** Hands every request on, looks at it, and may change the answer, or answer 500 by itself. */
  async function startForwarder(
    target: string,
    look: (request: IncomingMessage) => void = () => undefined,
    change: (body: string) => string = (body) => body,
    fails: (request: IncomingMessage) => boolean = () => false,
  ): Promise<string> {
    const server = createServer((request: IncomingMessage, response: ServerResponse) => {
      look(request);
      if (fails(request)) {
        response.writeHead(500).end();
        return;
      }
      const { host, port } = new URL(target);
      const headers = { ...request.headers, host };
      const options = { host: '127.0.0.1', port, method: request.method, path: request.url, headers };
      const onward = forward(options, (answer) => {
        void text(answer).then((body) => {
          delete answer.headers['content-length']; // it may be another one now
          response.writeHead(answer.statusCode ?? 502, answer.headers).end(change(body));
        });
      });
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanup.after(() => {
      server.close().closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});
