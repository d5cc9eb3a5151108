import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../host/repositoryFolder';
import type { CamelVerdict } from './askCamel';
import { breakages, brokenFlows, namedDifferences } from './brokenFlows';
import { flowParams, generatedFlows } from './generatedFlows';
import { putFlow } from './manageFlows';
import { camelRuntimes, standInUrl } from './rootHooks';
import { sampleFlows } from './sampleFlows';
import { rawDifferences } from './realFlowDifferences';
import { camelEnvironments } from './startCamelRuntimes';
import { assertSame, assertSays, camelVerdicts, localVerdict, type SentFlow } from './verdicts';

const generatedCount = 300;
const brokenCount = 300;
const seed = Number(process.env.PIPEBASE_SEED ?? 1);

describe('flows, taken and refused by Camel itself', () => {
  for (const id of camelEnvironments) {
    it(`takes every flow of the sample project with the parameters of ${id}, and finds the same routes`, async () => {
      const flows = await sampleFlows(id);
      assert.equal(flows.length, 8);
      const sent = flows.map(({ yaml, params }) => ({ yaml, params: withStandIn(params) }));
      const verdicts = await camelVerdicts(sent);
      for (const [index, flow] of sent.entries()) assertSame(flow, verdicts[index]);
    });
  }

  it(`agrees on ${generatedCount} generated flows: all are taken, with the same routes (seed ${seed})`, async () => {
    const flows = generatedFlows(generatedCount, seed).map(({ yaml }) => ({ yaml, params: flowParams }));
    const verdicts = await camelVerdicts(flows);
    for (const [index, flow] of flows.entries()) assertSame(flow, verdicts[index]);
  });

  describe(`${brokenCount} flows that are broken in one place (seed ${seed}), refused for the reason that is meant`, () => {
    const flows = brokenFlows(brokenCount, seed);
    let verdicts: readonly CamelVerdict[] = [];
    before(async () => {
      verdicts = await camelVerdicts(flows.map(({ yaml }) => ({ yaml, params: flowParams })));
    });

    for (const breakage of breakages) {
      it(breakage.name, () => {
        const own = flows.flatMap((flow, index) => (flow.breakage === breakage ? [{ ...flow, index }] : []));
        assert.ok(own.length > 0);
        for (const { yaml, index } of own) {
          const flow = { yaml, params: flowParams };
          assertSays('The local runtime', localVerdict(flow), breakage.here, flow);
          assertSays('Camel', verdicts[index], breakage.camel, flow);
        }
      });
    }

    it('are refused by the management API where Camel’s loader would take them', async () => {
      const dev = camelRuntimes().of('dev');
      const own = flows.filter(({ breakage }) => breakage.api);
      assert.ok(own.length > 0);
      for (const { breakage, yaml } of own) {
        const answer = await putFlow(dev, 'refused', yaml, flowParams);
        assert.equal(answer.status, 400, yaml);
        assertSays('The management API', answer, breakage.api, { yaml });
      }
    });

    it('are as different as they are many', () => {
      assert.ok(new Set(flows.map(({ yaml }) => yaml)).size >= brokenCount);
    });
  });

  it('takes a CR alone for the end of a line, between quotes, too', async () => {
    const flow = { yaml: '- route:\r    id: "a\r      b"\r    from: { uri: direct:a, steps: [log: x] }\r', params: {} };
    assert.deepEqual(await camelVerdicts([flow]), [{ routeIds: ['a b'] }]);
    assert.deepEqual(localVerdict(flow), { routeCount: 1, routeIds: ['a b'] });
  });

  it('counts no route where its precondition is false, and we do', async () => {
    const yaml =
      '- route:\n    id: a\n    precondition: "false"\n    from:\n      uri: direct:a\n      steps:\n        - log: x\n';
    assert.deepEqual(await camelVerdicts([{ yaml, params: {} }]), [{ routeIds: [] }]);
    assert.deepEqual(localVerdict({ yaml, params: {} }), { routeCount: 1, routeIds: ['a'] });
  });

  it('differs in nothing that the table in test/camel-runtime does not name', () => {
    const realDifferences = Object.values(rawDifferences).map(({ name }) => name);
    const table = readFileSync(join(repositoryFolder, 'test', 'camel-runtime', 'README.md'), 'utf8');
    assert.deepEqual(
      [...namedDifferences, ...realDifferences, 'a precondition'].filter((name) => !table.includes(`| ${name} `)),
      [],
    );
  });
});

/** Camel wants a session of Salesforce, and names of brokers that can be resolved; nobody needs to listen there. */
function withStandIn(params: SentFlow['params']): SentFlow['params'] {
  const others: SentFlow['params'] = { 'salesforce-login-url': standInUrl(), 'kafka-brokers': '127.0.0.1:1' };
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, others[key] ?? value]));
}
