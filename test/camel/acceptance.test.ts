import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeFlow } from '../../src/local/judgeFlow';
import { Refusal } from '../../src/local/refusal';
import { repositoryFolder } from '../host/repositoryFolder';
import { type CamelVerdict, loadFlows } from './askCamel';
import { brokenFlows, namedDifferences, type RefusedBy } from './brokenFlows';
import { flowParams, generatedFlows } from './generatedFlows';
import { camelRuntimes, standInUrl } from './rootHooks';
import { sampleFlows } from './sampleFlows';
import { camelEnvironments } from './startCamelRuntimes';

const generatedCount = 300;
const brokenCount = 240;
const perRequest = 50;
const seed = Number(process.env.PIPEBASE_SEED ?? 1);

interface Sent {
  readonly yaml: string;
  readonly params: Readonly<Record<string, string>>;
}

describe('flows, taken and refused by Camel itself', () => {
  for (const id of camelEnvironments) {
    it(`takes every flow of the sample project with the parameters of ${id}, and finds the same routes`, async () => {
      const flows = await sampleFlows(id);
      assert.equal(flows.length, 8);
      const sent = flows.map(({ yaml, params }) => ({ yaml, params: withStandIn(params) }));
      const verdicts = await askCamel(sent);
      for (const [index, flow] of sent.entries()) assertSame(flow, verdicts[index]);
    });
  }

  it(`agrees on ${generatedCount} generated flows: all are taken, with the same routes (seed ${seed})`, async () => {
    const flows = generatedFlows(generatedCount, seed).map(({ yaml }) => ({ yaml, params: flowParams }));
    const verdicts = await askCamel(flows);
    for (const [index, flow] of flows.entries()) assertSame(flow, verdicts[index]);
  });

  describe(`${brokenCount} flows that are broken in one place (seed ${seed})`, () => {
    const flows = brokenFlows(brokenCount, seed);
    const refusals = new Map<(typeof flows)[number], RefusedBy | 'nobody'>();
    before(async () => {
      const verdicts = await askCamel(flows.map(({ yaml }) => ({ yaml, params: flowParams })));
      for (const [index, flow] of flows.entries()) refusals.set(flow, refusedBy(flow, verdicts[index]));
    });

    for (const name of new Set(flows.map((flow) => flow.name))) {
      it(name, () => {
        const own = flows.filter((flow) => flow.name === name);
        for (const flow of own) assert.equal(refusals.get(flow), flow.refusedBy, flow.yaml);
      });
    }

    it('are refused by the management API where Camel’s loader would take them', async () => {
      const { url, token } = camelRuntimes().of('dev');
      for (const { yaml } of flows.filter((flow) => flow.refusedBy === 'api')) {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const body = JSON.stringify({ yaml, params: flowParams });
        const { status } = await fetch(`${url}/_api/flows/refused`, { method: 'PUT', headers, body });
        assert.equal(status, 400, yaml);
      }
    });

    it('are as different as they are many', () => {
      assert.ok(new Set(flows.map(({ yaml }) => yaml)).size >= brokenCount);
    });
  });

  it('counts no route where its precondition is false, and we do', async () => {
    const yaml =
      '- route:\n    id: a\n    precondition: "false"\n    from:\n      uri: direct:a\n      steps:\n        - log: x\n';
    assert.deepEqual(await askCamel([{ yaml, params: {} }]), [{ routeIds: [] }]);
    assert.equal(ourVerdict({ yaml, params: {} }).routeCount, 1);
  });

  it('differs in nothing that the table in test/camel-runtime does not name', () => {
    const table = readFileSync(join(repositoryFolder, 'test', 'camel-runtime', 'README.md'), 'utf8');
    assert.deepEqual(
      [...namedDifferences, 'a precondition'].filter((name) => !table.includes(`| ${name} `)),
      [],
    );
  });
});

async function askCamel(flows: readonly Sent[]): Promise<readonly CamelVerdict[]> {
  const verdicts: CamelVerdict[] = [];
  for (let from = 0; from < flows.length; from += perRequest) {
    verdicts.push(...(await loadFlows(camelRuntimes().of('dev'), flows.slice(from, from + perRequest))));
  }
  return verdicts;
}

function ourVerdict({ yaml, params }: Sent): ReturnType<typeof judgeFlow> {
  return judgeFlow('flow', { yaml, params: new Map(Object.entries(params)) });
}

/** Camel wants a session of Salesforce, and names of brokers that can be resolved; nobody needs to listen there. */
function withStandIn(params: Sent['params']): Sent['params'] {
  const others: Sent['params'] = { 'salesforce-login-url': standInUrl(), 'kafka-brokers': '127.0.0.1:1' };
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, others[key] ?? value]));
}

/** Camel makes up names for routes that have none: `route1`. */
function assertSame(flow: Sent, camel: CamelVerdict | undefined): void {
  assert.ok(camel && 'routeIds' in camel, `${JSON.stringify(camel)}\n${flow.yaml}`);
  const { routeCount, routeIds } = ourVerdict(flow);
  const made = camel.routeIds.filter((id) => !routeIds.includes(id));
  assert.equal(routeCount, camel.routeIds.length, flow.yaml);
  assert.deepEqual([...routeIds, ...made].sort(), [...camel.routeIds].sort(), flow.yaml);
  for (const id of made) assert.match(id, /^route\d+$/, flow.yaml);
}

function refusedBy({ yaml, refusedBy: expected }: ReturnType<typeof brokenFlows>[number], camel?: CamelVerdict) {
  const isRefusedByCamel = camel !== undefined && 'error' in camel;
  if (!isRefusedHere(yaml)) return isRefusedByCamel ? 'camel' : 'nobody';
  if (isRefusedByCamel) return 'both';
  return expected === 'api' ? 'api' : 'here';
}

function isRefusedHere(yaml: string): boolean {
  try {
    ourVerdict({ yaml, params: flowParams });
    return false;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}
