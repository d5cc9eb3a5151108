import assert from 'node:assert/strict';
import { json } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { DeployedFlow, RuntimeHealth } from '../../src/core/ports';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { answer, startMisbehavingRuntime } from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';

const cleanup = new Cleanup();

async function clientOfAnswer(body: unknown, status = 200) {
  const runtime = cleanup.add(await startMisbehavingRuntime(answer(status, body)));
  return cleanup.add(openClient(runtime.url));
}

describe('the list of flows', () => {
  afterEach(() => cleanup.run());

  const time = Date.UTC(2026, 10, 23, 10);
  const lists: Readonly<Record<string, readonly [unknown, DeployedFlow[]]>> = {
    'in the canonical shape': [
      [{ id: 'orders', lastModified: '2026-11-23T10:00:00.000Z', hash: 'ab', routeCount: 2 }],
      [{ id: 'orders', lastModified: time, hash: 'ab', routeCount: 2 }],
    ],
    'under `flows`': [{ flows: [{ id: 'orders' }], total: 1 }, [{ id: 'orders' }]],
    empty: [[], []],
    'with ids under other names': [
      [{ flowId: 'a' }, { name: 'b' }, { file: 'c.camel.yaml' }, { id: null, file: 'd.yml' }, { id: 'e', name: 'E' }],
      [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }, { id: 'e' }],
    ],
    'with every suffix': [
      ['a.camel.yaml', 'b.camel.yml', 'c.yaml', 'd.yml', 'e.camel', 'f.yaml.camel.yaml'].map((file) => ({ file })),
      ['a', 'b', 'c', 'd', 'e.camel', 'f.yaml'].map((id) => ({ id })),
    ],
    'with times of every kind': [
      [
        { id: 'seconds', lastModified: time / 1000 },
        { id: 'fraction', lastModified: time / 1000 + 0.5 },
        { id: 'milliseconds', lastModified: time },
        { id: 'nanoseconds', lastModified: '2026-11-23T10:00:00.123456789Z' },
        { id: 'offset', lastModified: '2026-11-23T11:00:00+01:00' },
        { id: 'none', lastModified: null },
      ],
      [
        { id: 'seconds', lastModified: time },
        { id: 'fraction', lastModified: time + 500 },
        { id: 'milliseconds', lastModified: time },
        { id: 'nanoseconds', lastModified: time + 123 },
        { id: 'offset', lastModified: time },
        { id: 'none' },
      ],
    ],
    'without usable hashes': [
      [
        { id: 'a', hash: null },
        { id: 'b', hash: '' },
      ],
      [{ id: 'a' }, { id: 'b' }],
    ],
  };
  for (const [name, [body, expected]] of Object.entries(lists)) {
    it(`is read ${name}`, async () => {
      assert.deepEqual(await (await clientOfAnswer(body)).listFlows(), expected);
    });
  }

  const wrong: readonly (readonly [unknown, string])[] = [
    [null, 'the answer: '],
    ['flows', 'not JSON: flows'],
    [{}, 'flows: '],
    [{ flows: {} }, 'flows: '],
    [{ flows: [{ id: 'a' }, 'b'] }, 'flows[1]: '],
    [[{ id: 7 }], '[0].id: '],
    [[{ hash: 'ab' }], '[0].id: '],
    [[{ file: '.camel.yaml' }], '[0].id: '],
    [[{ id: 'a', lastModified: 'Mon Nov 23 2026' }], '[0].lastModified: '],
    [[{ id: 'a', lastModified: -1 }], '[0].lastModified: '],
    [[{ id: 'a', lastModified: 1e300 }], '[0].lastModified: '],
    [[{ id: 'a', hash: 'x', routeCount: 1, lastModified: 8.64e15 + 1 }], '[0].lastModified: '],
    [[{ id: 'a', lastModified: true }], '[0].lastModified: '],
    [[{ id: 'a', hash: 12 }], '[0].hash: '],
    [[{ id: 'a', routeCount: '3' }], '[0].routeCount: '],
    [[{ id: 'a', routeCount: -3 }], '[0].routeCount: '],
  ];
  for (const [body, place] of wrong) {
    it(`names the place that is wrong in ${JSON.stringify(body)}`, async () => {
      const error = await catchRuntimeError((await clientOfAnswer(body)).listFlows());
      assert.equal(error.kind, 'unexpected-answer');
      assert.ok(error.detail?.startsWith(place), error.detail);
      assert.match(error.message, /GET http:\/\/127\.0\.0\.1:\d+\/_api\/flows/);
    });
  }

  it('may be compressed and may start with a byte order mark', async () => {
    const body = gzipSync('\uFEFF[{"id":"orders"}]');
    const runtime = cleanup.add(
      await startMisbehavingRuntime((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
      }),
    );
    assert.deepEqual(await cleanup.add(openClient(runtime.url)).listFlows(), [{ id: 'orders' }]);
  });
});

describe('the health of a runtime', () => {
  afterEach(() => cleanup.run());

  const started = [{ id: 'a', status: 'Started' }];
  const answers: Readonly<Record<string, readonly [unknown, RuntimeHealth]>> = {
    'in the canonical shape': [
      { status: 'UP', uptime: 12345, camelVersion: '4.8.1', routes: started },
      { status: 'UP', uptimeMs: 12345, camelVersion: '4.8.1', routes: started },
    ],
    'without a version': [
      { status: 'UP', camelVersion: null, routes: [] },
      { status: 'UP', routes: [] },
    ],
    'with other names': [
      { uptime: 'P1DT1H1M1.5S', camel: { version: '4.9.0' }, routes: [{ routeId: 'a', state: 'Started' }] },
      { status: 'UNKNOWN', uptimeMs: 90_061_500, camelVersion: '4.9.0', routes: started },
    ],
    'with a flat name': [{ 'camel.version': '4.9.0' }, { status: 'UNKNOWN', camelVersion: '4.9.0', routes: [] }],
    'with routes as a map': [
      { status: 'UP', routes: { a: 'Started' } },
      { status: 'UP', routes: started },
    ],
    'with a route that has no status': [
      { status: 'UP', routes: [{ id: 'a' }] },
      { status: 'UP', routes: [{ id: 'a', status: 'UNKNOWN' }] },
    ],
  };
  for (const [name, [body, expected]] of Object.entries(answers)) {
    it(`is read ${name}`, async () => {
      assert.deepEqual(await (await clientOfAnswer(body)).health(), expected);
    });
  }

  const wrong: readonly (readonly [unknown, string])[] = [
    [[], 'the answer: '],
    [{ uptime: 'P' }, 'uptime: '],
    [{ uptime: '3 hours' }, 'uptime: '],
    [{ uptime: -1 }, 'uptime: '],
    [{ uptime: `P${'9'.repeat(30)}D` }, 'uptime: '],
    [{ routes: [{ status: 'Started' }] }, 'routes[0].id: '],
    [{ routes: { a: 1 } }, 'routes.a: '],
    [{ camel: { version: 4 } }, 'camel.version: '],
  ];
  for (const [body, place] of wrong) {
    it(`names the place that is wrong in ${JSON.stringify(body)}`, async () => {
      const error = await catchRuntimeError((await clientOfAnswer(body)).health());
      assert.equal(error.kind, 'unexpected-answer');
      assert.ok(error.detail?.startsWith(place), error.detail);
    });
  }
});

describe('the answer to a write', () => {
  afterEach(() => cleanup.run());

  for (const [body, expected] of [
    [
      { id: 'a', hash: 'ab', routeCount: 1 },
      { hash: 'ab', routeCount: 1 },
    ],
    [{ hash: 7, routeCount: 'one' }, {}],
    [[], {}],
    ['deployed', {}],
    ['', {}],
  ] as const) {
    it(`is a success whatever it says: ${JSON.stringify(body)}`, async () => {
      assert.deepEqual(await (await clientOfAnswer(body, 201)).putFlow('a', { yaml: '' }), expected);
    });
  }

  it('comes for the YAML as it is, with the parameters beside it', async () => {
    let received: unknown;
    const runtime = cleanup.add(
      await startMisbehavingRuntime(async (request, response) => {
        const body = await json(request);
        received = { type: request.headers['content-type'], body };
        response.writeHead(204).end();
      }),
    );
    const yaml = '- from: "ä\u{1F600}\\n"\r\n';
    await cleanup.add(openClient(runtime.url)).putFlow('a', { yaml, params: { key: 'välue' } });
    assert.deepEqual(received, { type: 'application/json', body: { yaml, params: { key: 'välue' } } });
  });

  it('comes for a body of many pieces, which arrive whole and in order', async () => {
    let received: unknown;
    const runtime = cleanup.add(
      await startMisbehavingRuntime(async (request, response) => {
        received = await json(request);
        response.writeHead(request.headers['transfer-encoding'] === undefined ? 204 : 411).end();
      }),
    );
    const yaml = Array.from({ length: 100_000 }, (_, line) => `# ${line} ä\n`).join('');
    await cleanup.add(openClient(runtime.url)).putFlow('a', { yaml });
    assert.deepEqual(received, { yaml });
  });

  for (const id of ['', '.', '..', 'half\ud800']) {
    it(`is not waited for where the id ${JSON.stringify(id)} is none that an address can have`, async () => {
      const runtime = cleanup.add(await startMisbehavingRuntime(answer(204)));
      const error = await catchRuntimeError(cleanup.add(openClient(runtime.url)).deleteFlow(id));
      assert.equal(error.kind, 'rejected');
      assert.deepEqual(runtime.calls, []);
    });
  }

  it('concerns one flow, whatever characters its id has', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(204)));
    await cleanup.add(openClient(runtime.url)).deleteFlow('../health?x#y');
    assert.equal(runtime.calls[0]?.path, '/_api/flows/..%2Fhealth%3Fx%23y');
  });
});

describe('a DELETE', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  for (const [status, wasThere] of [
    [200, true],
    [204, true],
    [404, false],
  ] as const) {
    it(`that is answered with ${status} says that the flow was ${wasThere ? '' : 'not '}there`, async () => {
      const runtime = cleanup.add(await startMisbehavingRuntime(answer(status)));
      assert.equal(await cleanup.add(openClient(runtime.url)).deleteFlow('orders'), wasThere);
    });
  }
});
