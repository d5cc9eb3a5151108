import assert from 'node:assert/strict';
import { setImmediate as turnOfTheLoop, setTimeout as delay } from 'node:timers/promises';
import type { RuntimeClient } from '../../src/core/ports';
import { catchRuntimeError } from '../support/catchRuntimeError';
import {
  answer,
  hangInBody,
  hangInHeaders,
  startMisbehavingRuntime,
  type Misbehaviour,
  type MisbehavingRuntime,
} from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';

async function untilNoSocketIsOpen(runtime: MisbehavingRuntime): Promise<void> {
  // the mocha time-out ends this where a socket stays open
  while ((await runtime.openSockets()) > 0) await delay(5);
}

describe('a call that is cancelled', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function open(
    ...misbehaviours: Misbehaviour[]
  ): Promise<{ runtime: MisbehavingRuntime; client: RuntimeClient }> {
    const runtime = cleanup.add(await startMisbehavingRuntime(...misbehaviours));
    return { runtime, client: cleanup.add(openClient(runtime.url)) };
  }

  for (const [where, misbehaviour] of [
    ['waiting for the headers', hangInHeaders],
    ['reading the body', hangInBody],
  ] as const) {
    it(`while ${where} ends its socket`, async () => {
      const { runtime, client } = await open(misbehaviour);
      const own = new AbortController();
      const arrived = runtime.nextCall();
      const call = catchRuntimeError(client.listFlows(own.signal));
      await arrived;
      own.abort();
      const error = await call;
      assert.deepEqual([error.kind, error.isOutcomeUnknown], ['cancelled', false]);
      await untilNoSocketIsOpen(runtime);
    });
  }

  it('after a write was sent says that its outcome is not known', async () => {
    const { runtime, client } = await open(hangInHeaders);
    const own = new AbortController();
    const arrived = runtime.nextCall();
    const call = catchRuntimeError(client.putFlow('orders', { yaml: '' }, own.signal));
    await arrived;
    own.abort();
    const error = await call;
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['cancelled', true]);
  });

  it('before it began sends nothing', async () => {
    const { runtime, client } = await open(answer(200));
    const error = await catchRuntimeError(client.putFlow('orders', { yaml: '' }, AbortSignal.abort()));
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['cancelled', false]);
    assert.deepEqual(runtime.calls, []);
  });

  it('before it was sent sends nothing', async () => {
    const { runtime, client } = await open(answer(200));
    const own = new AbortController();
    const call = catchRuntimeError(client.putFlow('orders', { yaml: '' }, own.signal));
    own.abort();
    const error = await call;
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['cancelled', false]);
    await client.close();
    await untilNoSocketIsOpen(runtime);
    assert.deepEqual(runtime.calls, []);
  });

  for (const how of ['its signal', 'closing the client'] as const) {
    it(`by ${how} between two attempts does not try again`, async () => {
      const runtime = cleanup.add(await startMisbehavingRuntime(answer(502)));
      let tellWaiting!: () => void;
      const waiting = new Promise<void>((resolve) => (tellWaiting = resolve));
      const log = { info: tellWaiting, warn: () => undefined, error: () => undefined };
      const client = cleanup.add(openClient(runtime.url, { retryDelayMs: 60_000, log }));
      const own = new AbortController();
      const call = catchRuntimeError(client.listFlows(own.signal));
      await waiting;
      if (how === 'its signal') own.abort();
      else await client.close();
      assert.equal((await call).kind, 'cancelled');
      assert.equal(runtime.calls.length, 1);
    });
  }

  it('while it waits for a connection is never sent', async () => {
    const held: (() => void)[] = [];
    const hold: Misbehaviour = (_request, response) => void held.push(() => response.end('[]'));
    const { runtime, client } = await open(...Array.from({ length: 8 }, () => hold), answer(200, []));
    const reads = Array.from({ length: 8 }, () => client.listFlows());
    while (held.length < 8) await runtime.nextCall();
    const own = new AbortController();
    const write = catchRuntimeError(client.putFlow('orders', { yaml: '' }, own.signal));
    await turnOfTheLoop(); // from here on it is in the queue
    own.abort();
    const error = await write;
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['cancelled', false]);
    held.forEach((release) => {
      release();
    });
    await Promise.all(reads);
    await Promise.all(Array.from({ length: 8 }, () => client.listFlows()));
    assert.deepEqual(
      runtime.calls.filter(({ method }) => method === 'PUT'),
      [],
    );
  });

  it('by closing a client that has sent nothing yet is never sent', async () => {
    const { runtime, client } = await open(answer(200, []));
    const early = catchRuntimeError(client.listFlows());
    await client.close();
    assert.equal((await early).kind, 'cancelled');
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'cancelled');
    assert.deepEqual(runtime.calls, []);
  });

  for (const how of ['its signal', 'closing the client'] as const) {
    it(`by ${how} while the token is waited for does not wait any longer, and is never sent`, async () => {
      const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
      let tellToken!: (token: string) => void;
      const token = new Promise<string>((resolve) => (tellToken = resolve));
      const client = cleanup.add(openClient(runtime.url, { token: () => token }));
      const own = new AbortController();
      const calls = [
        client.listFlows(own.signal),
        client.health(own.signal),
        client.putFlow('orders', { yaml: '' }, own.signal),
      ].map(catchRuntimeError);
      const event = client.logs({}, own.signal).next();
      await turnOfTheLoop();
      if (how === 'its signal') own.abort();
      else await client.close();
      for (const error of await Promise.all(calls)) {
        assert.deepEqual([error.kind, error.isOutcomeUnknown], ['cancelled', false]);
      }
      assert.equal((await event).done, true);
      tellToken('late');
      await turnOfTheLoop();
      assert.deepEqual(runtime.calls, []);
    });
  }

  it('by closing the client ends its socket and every later call', async () => {
    const { runtime, client } = await open(hangInHeaders);
    const arrived = runtime.nextCall();
    const read = catchRuntimeError(client.listFlows());
    await arrived;
    await client.close();
    assert.equal((await read).kind, 'cancelled');
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'cancelled');
    await client.close();
    await untilNoSocketIsOpen(runtime);
    assert.equal(runtime.calls.length, 1);
  });
});

describe('the connections of a client', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('are kept for the next call', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    const client = cleanup.add(openClient(runtime.url));
    for (let call = 0; call < 10; call++) await client.listFlows();
    // two: a pool may open one while the other is still about to be free
    assert.ok(new Set(runtime.calls.map(({ socketPort }) => socketPort)).size <= 2);
  });

  it('are ended by closing it', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    const client = cleanup.add(openClient(runtime.url));
    await client.listFlows();
    assert.ok((await runtime.openSockets()) > 0);
    await client.close();
    await untilNoSocketIsOpen(runtime);
  });

  it('are eight at most', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    const client = cleanup.add(openClient(runtime.url));
    await Promise.all(Array.from({ length: 40 }, () => client.listFlows()));
    assert.equal(runtime.calls.length, 40);
    assert.ok(new Set(runtime.calls.map(({ socketPort }) => socketPort)).size <= 8);
  });
});
