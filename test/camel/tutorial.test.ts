import assert from 'node:assert/strict';
import { PromotionStage } from './promotionStage';
import { camelRuntimes } from './rootHooks';
import { camelEnvironments, type CamelEnvironment } from './startCamelRuntimes';

const flowId = 'tutorial';
const chain = { dev: 'test', test: 'staging', staging: 'prod' } as const;

/** Answers over HTTP with what the environment's parameters say. */
const greeting = (word: string): string => `- route:
    id: tutorial-greeting
    from:
      uri: platform-http:/tutorial/{{place}}
      steps:
        - setBody:
            simple: "${word} from {{place}}, asked by \${header.name}, with {{limit}}"
`;

function registry(substitution: 'runtime' | 'client'): string {
  const environments = camelEnvironments.map((id) => {
    const promotesTo = id === 'prod' ? '    protected: true' : `    promotesTo: ${chain[id]}`;
    const parameters = `    parameters: { place: ${id}-place }`;
    return [
      `  ${id}:`,
      `    url: ${camelRuntimes().of(id).url}`,
      promotesTo,
      parameters,
      `    substitution: ${substitution}`,
    ].join('\n');
  });
  return `version: 1\nparameters: { limit: "007" }\nenvironments:\n${environments.join('\n')}\n`;
}

for (const substitution of ['runtime', 'client'] as const) {
  describe(`the tutorial’s path on Apache Camel, values put in by the ${substitution}`, () => {
    let stage: PromotionStage;
    before(() => {
      stage = new PromotionStage(
        registry(substitution),
        flowId,
        greeting('Hello'),
        (id) => camelRuntimes().of(id as CamelEnvironment).token,
      );
    });
    after(async () => {
      for (const id of camelEnvironments) await stage.perform({ kind: 'undeploy', environment: id });
      await stage.close();
    });

    it('begins with nothing anywhere, and promotes nothing from there', async () => {
      const none = 'not-deployed';
      assert.deepEqual(await stage.states(), { dev: none, test: none, staging: none, prod: none });
      assert.equal((await stage.perform({ kind: 'promote', from: 'dev' })).outcome, 'refused');
    });

    it('deploys to dev, where Camel answers with the parameters of dev', async () => {
      assert.equal((await stage.perform({ kind: 'deploy', environment: 'dev' })).outcome, 'succeeded');
      assert.equal(await ask('dev'), 'Hello from dev-place, asked by you, with 007');
      assert.equal(await ask('test'), undefined);
    });

    for (const [from, to] of Object.entries(chain)) {
      it(`promotes from ${from} to ${to}, which answers with its own`, async () => {
        assert.equal((await stage.perform({ kind: 'promote', from })).outcome, 'succeeded');
        assert.equal(await ask(to), `Hello from ${to}-place, asked by you, with 007`);
      });
    }

    it('is in sync everywhere then', async () => {
      const sync = 'in-sync';
      assert.deepEqual(await stage.states(), { dev: sync, test: sync, staging: sync, prod: sync });
    });

    it('is stale everywhere after an edit, and changes its answer where it is deployed again', async () => {
      stage.edit(greeting('Good day'));
      assert.deepEqual(new Set(Object.values(await stage.states())), new Set(['stale']));
      assert.equal((await stage.perform({ kind: 'promote', from: 'dev' })).outcome, 'refused');
      assert.equal((await stage.perform({ kind: 'deploy', environment: 'dev' })).outcome, 'succeeded');
      assert.equal(await ask('dev'), 'Good day from dev-place, asked by you, with 007');
      assert.equal(await ask('test'), 'Hello from test-place, asked by you, with 007');
      for (const from of Object.keys(chain)) {
        assert.equal((await stage.perform({ kind: 'promote', from })).outcome, 'succeeded');
      }
    });

    it('fails in Camel’s own words where Camel does not take it, and goes on as before', async () => {
      stage.edit(greeting('Bye').replace('simple:', 'simpel:'));
      const result = await stage.perform({ kind: 'deploy', environment: 'dev' });
      assert.ok(result.outcome === 'failed' && result.reason.kind === 'runtime', JSON.stringify(result));
      assert.match(result.reason.detail ?? '', /Unsupported field: simpel/);
      assert.equal(await ask('dev'), 'Good day from dev-place, asked by you, with 007');
      stage.edit(greeting('Good day'));
    });

    it('is undeployed from prod, where nothing answers any more, and promoted there again', async () => {
      assert.equal((await stage.perform({ kind: 'undeploy', environment: 'prod' })).outcome, 'succeeded');
      assert.equal(await ask('prod'), undefined);
      assert.deepEqual((await stage.states()).prod, 'not-deployed');
      assert.equal((await stage.perform({ kind: 'promote', from: 'staging' })).outcome, 'succeeded');
      assert.equal(await ask('prod'), 'Good day from prod-place, asked by you, with 007');
      const sync = 'in-sync';
      assert.deepEqual(await stage.states(), { dev: sync, test: sync, staging: sync, prod: sync });
    });

    it('runs again after a restart of the runtime, with the same parameters, and is in sync', async () => {
      const prod = camelRuntimes().of('prod');
      await prod.stop();
      assert.equal((await stage.states()).prod, 'unreachable');
      await prod.start();
      assert.equal((await stage.states()).prod, 'in-sync');
      assert.equal(await ask('prod'), 'Good day from prod-place, asked by you, with 007');
    });
  });
}

/** Undefined where nothing answers. */
async function ask(id: CamelEnvironment): Promise<string | undefined> {
  const response = await fetch(`${camelRuntimes().of(id).url}/tutorial/${id}-place?name=you`);
  return response.ok ? response.text() : undefined;
}
