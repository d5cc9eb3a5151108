import assert from 'node:assert/strict';
import { ContractRuntime, flowYaml, type OpenedRuntime } from './contractRuntime';

/**
 * What a Pipebase runtime must do for this extension. Harmless to a runtime in use: every flow has an id with a random
 * prefix, none is started by a timer or listens anywhere, and all are removed at the end.
 *
 * Points that the API reference documents are marked so; the rest is what the extension needs of the points on which
 * the reference is silent. `canonicalShapes.ts` asks for more: the exact shapes that our own runtimes answer.
 */
export function describeRuntimeContract(name: string, open: () => Promise<OpenedRuntime>): void {
  describe(`a Pipebase runtime: ${name}`, () => {
    const runtime = new ContractRuntime(open);
    before(() => runtime.open());
    afterEach(() => runtime.removeFlows());
    after(() => runtime.close());

    describe('health (documented: open, with per-route status)', () => {
      it('answers without a token', async () => {
        const response = await fetch(`${runtime.url}/_api/health`);
        assert.equal(response.status, 200);
      });

      it('names the routes of the flows that are deployed', async () => {
        const id = runtime.newFlowId();
        await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-route`) });
        const { routes } = await runtime.client.health();
        assert.ok(routes.some((route) => route.id === `${id}-route`));
      });
    });

    describe('the token (documented)', () => {
      const calls = [
        ['GET', ''],
        ['PUT', 'of this run'],
        ['DELETE', 'of this run'],
      ] as const;
      for (const [method, flow] of calls) {
        for (const [kind, headers] of [
          ['no', {}],
          ['a wrong', { authorization: 'Bearer of bad news' }],
          ['an empty', { authorization: 'Bearer ' }],
        ] as const) {
          it(`${method} /_api/flows ${flow} answers 401 to ${kind} token`, async () => {
            // a runtime that looks at no token must not lose a flow of somebody's
            const path = flow === '' ? '/_api/flows' : `/_api/flows/${runtime.newFlowId()}`;
            const response = await fetch(runtime.url + path, { method, headers });
            assert.equal(response.status, 401);
            assert.deepEqual(await response.json(), { error: 'unauthorized' });
          });
        }
      }
    });

    describe('a flow that is deployed', () => {
      it('is listed with the time of its last change, a hash and the number of its routes (documented)', async () => {
        const id = runtime.newFlowId();
        await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-a`, `${id}-b`) });
        const flow = await runtime.listed(id);
        assert.equal(flow?.routeCount, 2);
        assert.ok(flow.hash, 'a flow without a hash cannot be compared');
        assert.ok(Math.abs((flow.lastModified ?? 0) - Date.now()) < 300_000, 'the clocks differ by over five minutes');
      });

      it('changes its hash with its content, and only then', async () => {
        const id = runtime.newFlowId();
        const hashes: (string | undefined)[] = [];
        for (const route of ['first', 'second', 'first']) {
          await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-${route}`) });
          hashes.push((await runtime.listed(id))?.hash);
        }
        assert.notEqual(hashes[0], hashes[1]);
        assert.equal(hashes[0], hashes[2]);
      });

      it('is replaced as a whole by the next PUT (documented)', async () => {
        const id = runtime.newFlowId();
        await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-a`, `${id}-b`) });
        await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-c`) });
        assert.equal((await runtime.listed(id))?.routeCount, 1);
        const routes = (await runtime.client.health()).routes.map((route) => route.id);
        assert.deepEqual(
          routes.filter((route) => route.startsWith(id)),
          [`${id}-c`],
        );
      });

      it('may come with parameters (documented)', async () => {
        const id = runtime.newFlowId();
        const yaml = flowYaml(`${id}-route`).replace('"nothing"', '"{{pipebase-contract}}"');
        await runtime.client.putFlow(id, { yaml, params: { 'pipebase-contract': 'välue: "quoted" # { }' } });
        assert.ok(await runtime.listed(id));
      });

      it('is gone after a DELETE, routes and all (documented)', async () => {
        const id = runtime.newFlowId();
        await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-route`) });
        assert.equal(await runtime.client.deleteFlow(id), true);
        assert.equal(await runtime.listed(id), undefined);
        assert.ok(!(await runtime.client.health()).routes.some((route) => route.id === `${id}-route`));
      });

      it('can be deployed again after a DELETE', async () => {
        const id = runtime.newFlowId();
        const yaml = flowYaml(`${id}-route`);
        await runtime.client.putFlow(id, { yaml });
        await runtime.client.deleteFlow(id);
        await runtime.client.putFlow(id, { yaml });
        assert.equal((await runtime.listed(id))?.routeCount, 1);
      });

      it('may have every character in its id that an id may have', async () => {
        const id = `${runtime.newFlowId()}.A_z-9.${'x'.repeat(80)}`.slice(0, 128);
        await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-route`) });
        assert.ok(await runtime.listed(id));
        assert.equal(await runtime.client.deleteFlow(id), true);
      });
    });

    describe('a flow that is rejected', () => {
      for (const [fault, yaml] of [
        ['does not parse', '- route: [unclosed'],
        ['is no flow', 'just a text'],
        [
          'claims a path of the runtime itself (documented)',
          flowYaml('claim').replace('direct:', 'platform-http:/_api/'),
        ],
      ] as const) {
        it(`because its YAML ${fault} leaves the one that was running`, async () => {
          const id = runtime.newFlowId();
          await runtime.client.putFlow(id, { yaml: flowYaml(`${id}-route`) });
          const before = await runtime.listed(id);
          const response = await runtime.fetch('PUT', `/_api/flows/${id}`, JSON.stringify({ yaml }));
          assert.ok(response.status >= 400 && response.status < 500, `answered ${response.status}`);
          assert.deepEqual(await runtime.listed(id), before);
          assert.ok((await runtime.client.health()).routes.some((route) => route.id === `${id}-route`));
        });
      }
    });

    it('answers a DELETE of a flow that is not there with success or 404', async () => {
      await runtime.client.deleteFlow(runtime.newFlowId());
    });

    it('takes many flows at once', async () => {
      const ids = Array.from({ length: 12 }, () => runtime.newFlowId());
      await Promise.all(ids.map((id) => runtime.client.putFlow(id, { yaml: flowYaml(`${id}-route`) })));
      const listed = new Set((await runtime.client.listFlows()).map((flow) => flow.id));
      assert.deepEqual(
        ids.filter((id) => !listed.has(id)),
        [],
      );
    });
  });
}
