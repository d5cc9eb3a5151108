import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { DeployedFlow } from '../../../src/core/ports';
import { startLocalRuntime, type LocalRuntime } from '../../../src/local/localRuntime';
import { flowYaml } from '../../contract/contractRuntime';
import { freePorts } from '../../host/freePorts';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { Cleanup, openClient } from '../../support/openClient';
import { openTemporaryDirectory } from '../../support/temporaryDirectory';

describe('a local runtime', () => {
  const cleanup = new Cleanup();
  const warnings: string[] = [];
  let directory: string;

  beforeEach(async () => {
    warnings.length = 0;
    directory = join(cleanup.add(await openTemporaryDirectory()).path, 'dev');
  });
  afterEach(() => cleanup.run());

  const keep = (line: string) => void warnings.push(line);
  const log = { info: () => undefined, warn: keep, error: keep };

  async function start(token = 'token'): Promise<LocalRuntime> {
    return cleanup.add(await startLocalRuntime({ port: 0, token, directory, environmentId: 'dev', log }));
  }

  function clientOf(runtime: LocalRuntime) {
    return cleanup.add(openClient(runtime.url, { token: () => Promise.resolve('token') }));
  }

  async function idsOf(runtime: LocalRuntime): Promise<string[]> {
    return (await clientOf(runtime).listFlows()).map(({ id }) => id);
  }

  async function allFiles(): Promise<string> {
    const names = await readdir(directory);
    const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
    return names.map((name, index) => `${name}\n${texts[index] ?? ''}`).join('\n');
  }

  it('keeps its flows over a restart, with hash and time', async () => {
    const first = await start();
    await clientOf(first).putFlow('orders', { yaml: flowYaml('orders') });
    await clientOf(first).putFlow('Orders', { yaml: flowYaml('other') });
    await clientOf(first).putFlow('con', { yaml: flowYaml('device') });
    const before: readonly DeployedFlow[] = await clientOf(first).listFlows();
    await first.close();
    assert.deepEqual(await clientOf(await start()).listFlows(), before);
    assert.deepEqual(
      before.map(({ id }) => id),
      ['Orders', 'con', 'orders'],
    );
    assert.equal(warnings.join('\n'), '');
  });

  it('gives no two ids files whose names differ by case only, and none the name of a device', async () => {
    const runtime = await start();
    for (const id of ['orders', 'Orders', 'ORDERS', 'con', 'nul.x']) {
      await clientOf(runtime).putFlow(id, { yaml: flowYaml(`${id}-route`) });
    }
    const names = (await readdir(directory)).filter((name) => name.endsWith('.camel.yaml'));
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, 5);
    assert.ok(names.includes('orders.camel.yaml'));
    assert.deepEqual(
      names.filter((name) => /^(con|nul)\./.test(name)),
      [],
    );
  });

  it('writes the names of parameters to the disk, and never their values', async () => {
    const runtime = await start();
    await clientOf(runtime).putFlow('orders', { yaml: flowYaml('orders'), params: { 'db-password': 'hunter2' } });
    const written = await allFiles();
    assert.match(written, /orders\.parameters\.json\n\{"names":\["db-password"\]\}/);
    assert.doesNotMatch(written, /hunter2/);
    assert.doesNotMatch(warnings.join(), /hunter2/);
  });

  it('names a circle of parameters by their keys', async () => {
    const yaml = flowYaml('orders').replace('direct:orders', 'direct:{{a}}');
    const put = clientOf(await start()).putFlow('orders', { yaml, params: { a: 'hunter2 {{b}}', b: '{{a}}' } });
    const { kind, detail } = await catchRuntimeError(put);
    assert.equal(kind, 'rejected');
    assert.match(detail ?? '', /in a circle: a → b → a\./);
    assert.doesNotMatch(detail ?? '', /hunter2/);
  });

  it('skips what is damaged on disk, says so, and serves the rest', async () => {
    await mkdir(join(directory, 'folder.camel.yaml'), { recursive: true });
    const files: Readonly<Record<string, string | Buffer>> = {
      'broken.camel.yaml': '- route: [unclosed',
      'empty.camel.yaml': '',
      'not utf8.camel.yaml': flowYaml('x'),
      'bytes.camel.yaml': Buffer.from([0x23, 0xff, 0xfe]),
      'good.camel.yaml': flowYaml('good'),
      'twin.camel.yaml': flowYaml('good'),
      'huge.camel.yaml': '#'.repeat(9 * 1024 * 1024),
      'good.parameters.json': '{"names":',
      'left-over.pipebase-tmp': 'half',
      'notes.txt': 'somebody else’s',
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
    const runtime = await start();
    assert.deepEqual(await idsOf(runtime), ['good']);
    for (const name of ['broken', 'empty', 'not utf8', 'bytes', 'folder', 'twin', 'huge']) {
      assert.ok(
        warnings.some((line) => line.includes(name)),
        `${name} is not among ${warnings.join('\n')}`,
      );
    }
    const names = await readdir(directory);
    assert.ok(!names.includes('left-over.pipebase-tmp'));
    assert.ok(names.includes('notes.txt'));
  });

  it('forgets everything on reset, damaged files too', async () => {
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'broken.camel.yaml'), '- route: [unclosed');
    const runtime = await start();
    await clientOf(runtime).putFlow('orders', { yaml: flowYaml('orders'), params: { a: 'b' } });
    await runtime.reset();
    assert.deepEqual(await idsOf(runtime), []);
    assert.deepEqual(await readdir(directory), []);
  });

  it('leaves nothing behind of a flow that is deleted', async () => {
    const runtime = await start();
    await clientOf(runtime).putFlow('orders', { yaml: flowYaml('orders'), params: { a: 'b' } });
    await clientOf(runtime).deleteFlow('orders');
    assert.deepEqual(await readdir(directory), []);
  });

  it('lets one of two flows have a route id when both come at once', async () => {
    const runtime = await start();
    const client = clientOf(runtime);
    const ids = Array.from({ length: 8 }, (_, index) => `flow-${index}`);
    const results = await Promise.allSettled(ids.map((id) => client.putFlow(id, { yaml: flowYaml('shared') })));
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await idsOf(runtime)).length, 1);
  });

  it('has on disk what it lists after many writes of one flow at once', async () => {
    const runtime = await start();
    const client = clientOf(runtime);
    const yamls = Array.from({ length: 12 }, (_, index) => flowYaml(`route-${index}`));
    await Promise.all(yamls.map((yaml) => client.putFlow('orders', { yaml })));
    const listed = await client.listFlows();
    await runtime.close();
    assert.deepEqual(await clientOf(await start()).listFlows(), listed);
  });

  it('leaves what was installed when the disk fails, and says so with 500', async () => {
    const runtime = await start();
    const client = clientOf(runtime);
    await client.putFlow('orders', { yaml: flowYaml('orders') });
    // a directory in the place of the file: no rename can replace it
    await mkdir(join(directory, 'billing.camel.yaml', 'full'), { recursive: true });
    const error = await catchRuntimeError(client.putFlow('billing', { yaml: flowYaml('billing') }));
    assert.equal(error.kind, 'server-error');
    assert.deepEqual(await idsOf(runtime), ['orders']);
    assert.ok(!(await readdir(directory)).some((name) => name.endsWith('.pipebase-tmp')));
  });

  it('answers 503 as documented where it has no token, and health all the same', async () => {
    const runtime = await start('');
    const error = await catchRuntimeError(clientOf(runtime).listFlows());
    assert.equal(error.kind, 'token-not-configured');
    assert.equal(error.detail, 'PIPEBASE_DEPLOY_TOKEN not configured');
    assert.equal((await clientOf(runtime).health()).status, 'UP');
  });

  it('tells in its health that it is a local environment, and which', async () => {
    const runtime = await start();
    const health = (await (await fetch(`${runtime.url}/_api/health`)).json()) as Record<string, unknown>;
    assert.equal(health.runtime, 'pipebase-local');
    assert.equal(health.environment, 'dev');
  });

  function statusWithHost(runtime: LocalRuntime, host: string, path = '/_api/health'): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const headers = { host, authorization: 'Bearer token' };
      request(runtime.url + path, { headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  }

  it('answers to the names of this machine only, against DNS rebinding', async () => {
    const runtime = await start();
    for (const host of ['localhost', 'LOCALHOST:8181', '127.0.0.1', `127.0.0.1:${runtime.port}`, '[::1]:1']) {
      assert.equal(await statusWithHost(runtime, host), 200, host);
    }
    for (const host of ['evil.example.com', 'localhost.evil.com', '127.0.0.1.evil.com', '192.168.0.1', 'localhost:x']) {
      assert.equal(await statusWithHost(runtime, host), 421, host);
      assert.equal(await statusWithHost(runtime, host, '/_api/flows'), 421, host);
    }
  });

  it('is reached from this machine only', async () => {
    const runtime = await start();
    assert.equal(new URL(runtime.url).hostname, '127.0.0.1');
  });

  it('closes with connections open', async () => {
    const runtime = await start();
    const socket = connect(runtime.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve).on('error', () => undefined));
    await runtime.close();
    await ended;
    assert.equal((await catchRuntimeError(clientOf(runtime).health())).kind, 'network');
  });

  it('says whose port it is that it cannot have, and touches no file then', async () => {
    const first = await start();
    await writeFile(join(directory, 'x.pipebase-tmp'), 'being written by the other one');
    const second = startLocalRuntime({ port: first.port, token: 'token', directory, environmentId: 'dev' });
    await assert.rejects(second, { code: 'EADDRINUSE' });
    assert.deepEqual(await readdir(directory), ['x.pipebase-tmp']);
  });

  it('gives its port back when its directory cannot be read', async () => {
    await writeFile(directory, 'a file');
    const [port = 0] = await freePorts(1);
    await assert.rejects(startLocalRuntime({ port, token: 'token', directory, environmentId: 'dev' }));
    const error = await catchRuntimeError(cleanup.add(openClient(`http://127.0.0.1:${port}`)).health());
    assert.match(error.detail ?? '', /ECONNREFUSED/);
  });
});
