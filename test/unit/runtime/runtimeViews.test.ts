import assert from 'node:assert/strict';
import { json } from 'node:stream/consumers';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { answer, startMisbehavingRuntime } from '../../support/misbehavingRuntime';
import { Cleanup, openClient } from '../../support/openClient';

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
        {},
      ]);
      assert.equal(runtime.calls[0]?.path, '/_api/runs?routeId=a+b%26c&limit=20');
    });
  }

  it('runs of a wrong shape name the place', async () => {
    const { client } = await open(200, [{ routeId: 7 }]);
    assert.match((await catchRuntimeError(client.runs({}))).detail ?? '', /^\[0\]\.routeId: /);
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

    it(`${name} of a wrong shape name the place`, async () => {
      const { client } = await open(200, [{ values: {} }]);
      assert.match((await catchRuntimeError(client[name].list())).detail ?? '', /^\[0\]\.id: no mapping id/);
    });
  }

  it('a policy is read, put and deleted by the flow’s id; a flow may have none', async () => {
    const policy = { roles: ['admin'] };
    const { runtime, client } = await open(200, policy);
    assert.deepEqual(await client.authPolicy('orders'), policy);
    await client.putAuthPolicy('orders', policy);
    assert.equal(await client.deleteAuthPolicy('orders'), true);
    assert.deepEqual(
      runtime.calls.map(({ method, path }) => `${method} ${path}`),
      ['GET', 'PUT', 'DELETE'].map((method) => `${method} /_api/auth/orders`),
    );
    const other = await open(404, { error: 'none' });
    assert.equal(await other.client.authPolicy('orders'), undefined);
    assert.equal(
      (await catchRuntimeError((await open(200, [])).client.authPolicy('orders'))).kind,
      'unexpected-answer',
    );
  });
});
