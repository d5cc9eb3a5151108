import assert from 'node:assert/strict';
import { json, text } from 'node:stream/consumers';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { answer, hangInHeaders, startMisbehavingRuntime } from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';

type Client = ReturnType<typeof openClient>;

const cleanup = new Cleanup();

async function open(status: number, body: unknown) {
  const runtime = cleanup.add(await startMisbehavingRuntime(answer(status, body)));
  return { runtime, client: cleanup.add(openClient(runtime.url)) };
}

describe('what the management API has beside flows', () => {
  afterEach(() => cleanup.run());

  const runs = [
    { id: 'r1', routeId: 'orders', startedAt: '2026-11-23T10:00:00Z', durationMs: 12, status: 'OK' },
    { exchangeId: 'E-2', startTime: 1_790_000_000, duration: 'PT1.5S', state: 'FAILED', error: 'boom', more: [] },
    { runId: 'r3', exchangeId: 'E-3', timestamp: '2026-11-23T10:00:01Z' },
    {},
  ];
  for (const [form, body] of [
    ['as an array', runs],
    ['under `runs`', { runs }],
  ] as const) {
    it(`runs are read ${form}`, async () => {
      const { runtime, client } = await open(200, body);
      assert.deepEqual(await client.runs({ routeId: 'a b&c', limit: 20 }), [
        { id: 'r1', routeId: 'orders', startedAt: Date.UTC(2026, 10, 23, 10), durationMs: 12, status: 'OK' },
        { id: 'E-2', startedAt: 1_790_000_000_000, durationMs: 1500, status: 'FAILED', error: 'boom' },
        { id: 'r3', startedAt: Date.UTC(2026, 10, 23, 10, 0, 1) },
        {},
      ]);
      assert.equal(runtime.calls[0]?.path, '/_api/runs?routeId=a+b%26c&limit=20');
    });
  }

  it('runs of a wrong shape name the place', async () => {
    const { client } = await open(200, [{ routeId: 7 }]);
    assert.match((await catchRuntimeError(client.runs({}))).detail ?? '', /^\[0\]\.routeId: /);
  });

  it('runs are asked for without a route and a number where nobody names them', async () => {
    const { runtime, client } = await open(200, []);
    await client.runs({});
    assert.equal(runtime.calls[0]?.path, '/_api/runs');
  });

  const mapping = { id: 'country', values: { DE: 'Germany' } };
  for (const name of ['valueMappings', 'messageMappings'] as const) {
    const path = name === 'valueMappings' ? '/_api/value-mappings' : '/_api/message-mappings';
    for (const body of [[mapping], { mappings: [mapping] }, { [name]: [mapping] }, { country: mapping }]) {
      it(`${name} are read from ${Object.keys(body).join()}`, async () => {
        const { runtime, client } = await open(200, body);
        assert.deepEqual(await client[name].list(), [{ id: 'country', document: mapping }]);
        assert.equal(runtime.calls[0]?.path, path);
      });
    }

    it(`${name} are put and deleted by their id`, async () => {
      let body: unknown;
      const runtime = cleanup.add(
        await startMisbehavingRuntime(async (request, response) => {
          body = await json(request);
          response.end();
        }, answer(404)),
      );
      const client = cleanup.add(openClient(runtime.url));
      await client[name].put('a/b', mapping);
      assert.equal(await client[name].delete('a/b'), false);
      assert.deepEqual(body, mapping);
      assert.deepEqual(
        runtime.calls.map(({ method, path: asked }) => `${method} ${asked}`),
        [`PUT ${path}/a%2Fb`, `DELETE ${path}/a%2Fb`],
      );
    });

    it(`${name} that are called by their name are read`, async () => {
      const named = { name: 'country', values: {} };
      const { client } = await open(200, [named]);
      assert.deepEqual(await client[name].list(), [{ id: 'country', document: named }]);
    });

    for (const nameless of [{ values: {} }, { id: '' }, { id: 7 }]) {
      it(`${name} with ${JSON.stringify(nameless)} among them name the place`, async () => {
        const { client } = await open(200, [nameless]);
        assert.match((await catchRuntimeError(client[name].list())).detail ?? '', /^\[0\]\.id: no mapping id/);
      });
    }
  }

  it('an id that would be another address is not sent', async () => {
    const { runtime, client } = await open(200, {});
    for (const id of ['', '.', '..']) {
      for (const call of [client.valueMappings.put(id, {}), client.authPolicy(id), client.deleteFlow(id)]) {
        assert.equal((await catchRuntimeError(call)).kind, 'rejected');
      }
    }
    assert.deepEqual(runtime.calls, []);
  });

  for (const [what, call] of [
    ['runs', (client: Client, signal) => client.runs({}, signal)],
    ['a list of mappings', (client, signal) => client.valueMappings.list(signal)],
    ['putting a mapping', (client, signal) => client.messageMappings.put('a', {}, signal)],
    ['deleting a mapping', (client, signal) => client.messageMappings.delete('a', signal)],
    ['a policy', (client, signal) => client.authPolicy('orders', signal)],
    ['putting a policy', (client, signal) => client.putAuthPolicy('orders', {}, signal)],
    ['deleting a policy', (client, signal) => client.deleteAuthPolicy('orders', signal)],
  ] as const satisfies readonly (readonly [string, (client: Client, signal: AbortSignal) => Promise<unknown>])[]) {
    it(`${what} can be cancelled`, async () => {
      const runtime = cleanup.add(await startMisbehavingRuntime(hangInHeaders));
      const own = new AbortController();
      const arrived = runtime.nextCall();
      const pending = catchRuntimeError(call(cleanup.add(openClient(runtime.url)), own.signal));
      await arrived;
      own.abort();
      assert.equal((await pending).kind, 'cancelled');
    });
  }

  it('a policy is read, put and deleted by the flow’s id', async () => {
    const policy = { roles: ['admin'] };
    const bodies: string[] = [];
    const runtime = cleanup.add(
      await startMisbehavingRuntime(async (request, response) => {
        bodies.push(await text(request));
        response.end(JSON.stringify(policy));
      }),
    );
    const client = cleanup.add(openClient(runtime.url));
    assert.deepEqual(await client.authPolicy('orders'), policy);
    await client.putAuthPolicy('orders', policy);
    assert.equal(await client.deleteAuthPolicy('orders'), true);
    assert.deepEqual(bodies, ['', JSON.stringify(policy), '']);
    assert.deepEqual(
      runtime.calls.map(({ method, path }) => `${method} ${path}`),
      ['GET', 'PUT', 'DELETE'].map((method) => `${method} /_api/auth/orders`),
    );
  });

  it('a flow may have no policy, and none is a list', async () => {
    const { client } = await open(404, { error: 'none' });
    assert.equal(await client.authPolicy('orders'), undefined);
    assert.equal(await client.deleteAuthPolicy('orders'), false);
    const wrong = await catchRuntimeError((await open(200, [])).client.authPolicy('orders'));
    assert.equal(wrong.kind, 'unexpected-answer');
  });
});
