import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ContractRuntime, flowYaml, type OpenedRuntime } from './contractRuntime';

/** The shapes that RUNTIME-API's canonical table decides for the local runtime and the Camel test runtime. */
export function describeCanonicalShapes(name: string, open: () => Promise<OpenedRuntime>): void {
  describe(`the canonical shapes: ${name}`, () => {
    const runtime = new ContractRuntime(open);
    before(() => runtime.open());
    afterEach(() => runtime.removeFlows());
    after(() => runtime.close());

    async function put(id: string, body: unknown): Promise<{ status: number; json: Record<string, unknown> }> {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await runtime.fetch('PUT', `/_api/flows/${id}`, text);
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    }

    it('a PUT answers id, SHA-256 and route count, and so does the list', async () => {
      const id = runtime.newFlowId();
      const yaml = `# grüße\r\n${flowYaml(`${id}-route`)}`;
      const hash = createHash('sha256').update(yaml, 'utf8').digest('hex');
      assert.deepEqual(await put(id, { yaml }), { status: 200, json: { id, hash, routeCount: 1 } });
      const list = (await (await runtime.fetch('GET', '/_api/flows')).json()) as Record<string, unknown>[];
      const { lastModified, ...rest } = list.find((flow) => flow.id === id) ?? {};
      assert.deepEqual(rest, { id, hash, routeCount: 1 });
      assert.match(String(lastModified), /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
    });

    it('health says UP, the uptime in milliseconds, the version or null, and the routes', async () => {
      const health = (await (await fetch(`${runtime.url}/_api/health`)).json()) as Record<string, unknown>;
      assert.equal(health.status, 'UP');
      assert.equal(typeof health.uptime, 'number');
      const { camelVersion } = health;
      assert.ok(camelVersion === null || (typeof camelVersion === 'string' && camelVersion.startsWith('4.')));
      assert.ok(Array.isArray(health.routes));
    });

    it('a DELETE answers 204, and 404 for an id that is not there', async () => {
      const id = runtime.newFlowId();
      await put(id, { yaml: flowYaml(`${id}-route`) });
      assert.equal((await runtime.fetch('DELETE', `/_api/flows/${id}`)).status, 204);
      const second = await runtime.fetch('DELETE', `/_api/flows/${id}`);
      assert.equal(second.status, 404);
      assert.equal(typeof ((await second.json()) as Record<string, unknown>).error, 'string');
    });

    const claim = flowYaml('claim').replace('direct:claim', 'platform-http:/{{pipebase-contract}}/x');
    const rejected: Readonly<Record<string, unknown>> = {
      'a body that is not JSON': 'yaml: no',
      'a body that is no object': [],
      'no yaml': { params: {} },
      'yaml that is no text': { yaml: 7 },
      'YAML that does not parse': { yaml: '- route: [unclosed' },
      'YAML that is no list': { yaml: 'route: {}' },
      'an item of two keys': { yaml: '- route:\n    id: a\n    from: {uri: "direct:a", steps: []}\n  beans: []\n' },
      'no route': { yaml: '- beans: []\n' },
      'no text at all': { yaml: '' },
      'a route under /_api': { yaml: flowYaml('claim').replace('direct:claim', 'platform-http:/_api/flows') },
      'a route under /_api by its parameters': { yaml: claim, params: { 'pipebase-contract': '_api' } },
    };
    for (const [fault, body] of Object.entries(rejected)) {
      it(`a PUT with ${fault} answers 400 and says why`, async () => {
        const { status, json } = await put(runtime.newFlowId(), body);
        assert.equal(status, 400, JSON.stringify(json));
        assert.match(String(json.error), /^[A-Z"].{10,}/);
      });
    }

    for (const id of ['a%20b', 'a%2Fb', 'x'.repeat(129), '%E0%A4%A', '%C3%A4', '%2e%2e%2e%00']) {
      it(`a PUT to the id ${id.slice(0, 20)} answers 400`, async () => {
        const { status, json } = await put(id, { yaml: flowYaml('route') });
        assert.equal(status, 400);
        assert.equal(typeof json.error, 'string');
      });
    }

    it('a route id that another flow has answers 409, naming both, and changes nothing', async () => {
      const [first, second] = [runtime.newFlowId(), runtime.newFlowId()];
      await put(first, { yaml: flowYaml(`${first}-shared`) });
      const { status, json } = await put(second, { yaml: flowYaml(`${first}-shared`) });
      assert.equal(status, 409);
      assert.ok(String(json.error).includes(`${first}-shared`), String(json.error));
      assert.equal(await runtime.listed(second), undefined);
      assert.equal((await put(first, { yaml: flowYaml(`${first}-shared`) })).status, 200);
    });

    it('a body over 8 MiB answers 413', async () => {
      const { status, json } = await put(runtime.newFlowId(), { yaml: '#'.repeat(8 * 1024 * 1024) });
      assert.equal(status, 413);
      assert.equal(typeof json.error, 'string');
    });

    for (const [method, path, status] of [
      ['GET', '/_api/nothing', 404],
      ['GET', '/', 404],
      ['POST', '/_api/flows', 405],
      ['GET', '/_api/flows/some-flow', 405],
      ['PUT', '/_api/health', 405],
    ] as const) {
      it(`${method} ${path} answers ${status} with an error in JSON`, async () => {
        const response = await runtime.fetch(method, path);
        assert.equal(response.status, status);
        assert.equal(typeof ((await response.json()) as Record<string, unknown>).error, 'string');
      });
    }
  });
}
