import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { RuntimeClientOptions } from '../../../src/runtime/runtimeClient';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { Cleanup, openClient } from '../../support/openClient';
import * as misbehaving from '../../support/misbehavingRuntime';
import { faultTable } from './faultTable';

const { answer, startMisbehavingRuntime } = misbehaving;

describe('a runtime client with a runtime that misbehaves', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const clientFor = (url: string, options: Partial<RuntimeClientOptions> = {}) => cleanup.add(openClient(url, options));
  const open = async (...misbehaviours: misbehaving.Misbehaviour[]) =>
    cleanup.add(await startMisbehavingRuntime(...misbehaviours));

  for (const [name, [misbehaviour, expected]] of Object.entries(faultTable)) {
    it(`names the fault when reading from one that ${name}`, async () => {
      const runtime = await open(misbehaviour);
      const error = await catchRuntimeError(clientFor(runtime.url).listFlows());
      assert.equal(error.kind, expected.read, error.message);
      assert.equal(error.call, `GET ${runtime.url}/_api/flows`);
      assert.equal(error.isOutcomeUnknown, false);
      if (expected.detail) assert.match(error.detail ?? '', expected.detail);
      assert.equal(runtime.calls.length, expected.reads);
    });

    it(`never repeats a write to one that ${name}`, async () => {
      const runtime = await open(misbehaviour);
      const call = clientFor(runtime.url).putFlow('orders', { yaml: '- from: {}' });
      if (expected.write === 'success') {
        assert.deepEqual(await call, {});
      } else {
        const error = await catchRuntimeError(call);
        assert.equal(error.kind, expected.write, error.message);
        assert.equal(error.call, `PUT ${runtime.url}/_api/flows/orders`);
        assert.equal(error.isOutcomeUnknown, expected.isOutcomeUnknown);
      }
      assert.equal(runtime.calls.length, 1);
    });
  }

  it('says that nothing was sent where nothing listens', async () => {
    const url = await misbehaving.refusingUrl();
    const error = await catchRuntimeError(clientFor(url).putFlow('orders', { yaml: '' }));
    assert.equal(error.kind, 'network');
    assert.match(error.detail ?? '', /ECONNREFUSED/);
    assert.equal(error.isOutcomeUnknown, false);
  });

  for (const [name, misbehaviour, detail] of [
    ['the headers', misbehaving.hangInHeaders, /no answer in time/],
    ['the rest of the body', misbehaving.hangInBody, /stopped half-way/],
  ] as const) {
    it(`gives up waiting for ${name}`, async () => {
      const runtime = await open(misbehaviour);
      const client = clientFor(runtime.url, { timeoutMs: 100 });
      const read = await catchRuntimeError(client.listFlows());
      const write = await catchRuntimeError(client.putFlow('orders', { yaml: '' }));
      assert.deepEqual([read.kind, write.kind], ['timeout', 'timeout']);
      assert.match(read.detail ?? '', detail);
      assert.deepEqual([read.isOutcomeUnknown, write.isOutcomeUnknown], [false, true]);
      assert.equal(runtime.calls.length, 2);
    });
  }

  it('gives up on an answer that drips', async () => {
    const timers: NodeJS.Timeout[] = [];
    const runtime = await open((_request, response) => {
      response.writeHead(200);
      timers.push(setInterval(() => response.write(' '), 20));
    });
    const error = await catchRuntimeError(clientFor(runtime.url, { timeoutMs: 100 }).listFlows());
    timers.forEach(clearInterval);
    assert.equal(error.kind, 'timeout');
    assert.match(error.detail ?? '', /too long/);
  });

  it('gives up connecting where the handshake never ends', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    const client = clientFor(`https://127.0.0.1:${port}`, { timeoutMs: 200 });
    const error = await catchRuntimeError(client.putFlow('orders', { yaml: '' }));
    await client.close();
    silent.close();
    assert.equal(error.kind, 'timeout');
    assert.equal(error.isOutcomeUnknown, false);
    assert.match(error.detail ?? '', /no connection in time/);
  });

  it('succeeds when the second repetition of a read does', async () => {
    const runtime = await open(misbehaving.resetAtOnce, answer(502), answer(200, [{ id: 'orders' }]));
    assert.deepEqual(await clientFor(runtime.url).listFlows(), [{ id: 'orders' }]);
    assert.equal(runtime.calls.length, 3);
  });

  it('does not take a 404 for a deleted flow as an error', async () => {
    const runtime = await open(answer(404, { error: 'unknown' }), answer(204));
    const client = clientFor(runtime.url);
    assert.equal(await client.deleteFlow('orders'), false);
    assert.equal(await client.deleteFlow('orders'), true);
  });
});
