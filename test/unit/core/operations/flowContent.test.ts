import assert from 'node:assert/strict';
import { buildCatalogue } from '../../../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';
import type { Flow } from '../../../../src/core/flows/types';
import { flowContents, type FlowContent } from '../../../../src/core/operations/flowContent';
import { prepareSending, type Sending } from '../../../../src/core/operations/prepareSending';
import { readMarks } from '../../../../src/core/parameters/knownParameters';
import { parseParameterFile } from '../../../../src/core/parameters/parseParameters';
import { ParameterDigester } from '../../../../src/core/parameters/parameterDigest';
import type { SecretValues, ValueMarks } from '../../../../src/core/ports';
import { cellsOf, statusOf, type PromotionState } from '../../../../src/core/promotion/promotionState';
import { DeploymentMemory } from '../../../../src/core/operations/deploymentMemory';
import { parseRegistry } from '../../../../src/core/registry/parseRegistry';
import type { Registry } from '../../../../src/core/registry/types';
import { rowView } from '../../../../src/vscode/views/rowView';
import { matrixView } from '../../../../src/vscode/views/matrixView';
import { aFlow, hashing } from '../../../support/builders';

const digester = new ParameterDigester(hashing, 'key');
const secretValue = 'hush-{{region}}-9241';
const variableValue = 'eu-from-the-process-5512';

const registryText = `version: 1
parameters: { topic: orders, password: { secret: true }, region: { env: REGION } }
environments:
  dev: { url: "http://localhost:1", promotesTo: test }
  test: { url: "https://t", substitution: client, parameters: { topic: "{{password}}" } }
`;

/** What is stored, and what was asked of it. */
class Vault {
  readonly asked: string[] = [];
  constructor(
    readonly secret: string | null = secretValue,
    readonly variable: string | null = variableValue,
  ) {}

  readonly values: SecretValues = {
    secretParameter: (environment, key) => {
      this.asked.push(`${environment} ${key}`);
      return Promise.resolve(this.secret ?? undefined);
    },
    environmentVariable: (name) => {
      this.asked.push(name);
      return this.variable ?? undefined;
    },
  };

  /** As they were stored when the value was set. */
  readonly marks: ValueMarks = {
    secretParameter: () => Promise.resolve(this.secret === null ? undefined : digester.mark(this.secret)),
    environmentVariable: () => (this.variable === null ? undefined : digester.mark(this.variable)),
  };
}

function flowOf(uri: string): Flow {
  const yaml = `- from: {uri: "timer:x?${uri}", steps: []}\n`;
  const path = 'orders.camel.yaml';
  const [flow] = buildCatalogue([{ file: `file:///w/${path}`, path, yaml, parsed: parseFlowYaml(yaml, path) }]);
  assert.ok(flow);
  return flow;
}

function registryOf(text = registryText): Registry {
  const registry = parseRegistry(text, 'file:///w/pipebase.yaml');
  assert.deepEqual(registry.faults, []);
  return registry;
}

async function contentsOf(flow: Flow, registry: Registry, vault: Vault): Promise<ReadonlyMap<string, FlowContent>> {
  return flowContents(flow, { registry, marks: await readMarks(registry, vault.marks), hashing, digester });
}

async function contentOf(flow: Flow, id: string, vault = new Vault(), text = registryText): Promise<FlowContent> {
  const content = (await contentsOf(flow, registryOf(text), vault)).get(id);
  assert.ok(content);
  return content;
}

function send(flow: Flow, id: string, vault = new Vault(), text = registryText): Promise<Sending> {
  const registry = registryOf(text);
  const environment = registry.environments.find((one) => one.id === id);
  assert.ok(environment);
  return prepareSending(flow, environment, { registry, secrets: vault.values, hashing, digester });
}

async function sent(...args: Parameters<typeof send>): Promise<Extract<Sending, { kind: 'ready' }>> {
  const sending = await send(...args);
  assert.equal(sending.kind, 'ready');
  return sending;
}

/** Every text that can be reached from a thing: fields, hidden ones and accessors too, keys and items of maps and sets. */
function textsIn(root: unknown): readonly string[] {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  const open = [root];
  while (open.length > 0) {
    const thing = open.pop();
    if (typeof thing === 'string') texts.push(thing);
    if (typeof thing !== 'object' || thing === null || seen.has(thing)) continue;
    seen.add(thing);
    open.push(...partsOf(thing));
  }
  return texts;
}

function partsOf(thing: object): readonly unknown[] {
  if (thing instanceof Map || thing instanceof Set) return [...(thing as Map<unknown, unknown>).entries()].flat();
  const owners = [thing, Object.getPrototypeOf(thing) as object | null].filter((owner) => owner !== null);
  const named = owners.flatMap((owner) => (owner === Object.prototype ? [] : Reflect.ownKeys(owner)));
  return named.map((name): unknown => Reflect.get(thing, name));
}

describe('what a deploy would send', () => {
  it('is compared, state by state and view by view, without a secret or a variable being read', async () => {
    const vault = new Vault();
    const registry = registryOf();
    const flow = flowOf('a={{topic}}&b={{password}}&c={{region}}');
    const memory = new DeploymentMemory();
    const state: PromotionState = {
      folder: 'file:///w',
      isTrusted: true,
      registry,
      flows: [flow],
      contents: new Map([[flow, await contentsOf(flow, registry, vault)]]),
      readings: new Map(
        ['dev', 'test'].map((id) => [
          id,
          { kind: 'read', at: 0, flows: new Map([['orders', { id: 'orders', hash: 'a'.repeat(64) }]]) },
        ]),
      ),
      checking: new Set(),
      running: new Map(),
      unsaved: new Set(),
      memory,
    };
    assert.deepEqual(
      cellsOf(state, flow).map((cell) => cell.state),
      ['stale', 'unknown'],
    );
    statusOf(state, flow);
    const shown = [rowView(state, flow), matrixView([{ name: 'w', state }], { kind: 'all' })];
    assert.deepEqual(vault.asked, []);

    const texts = textsIn([state, shown]);
    assert.ok(texts.includes(flow.yaml) && texts.includes('REGION') && texts.length > 100, 'the walk sees the state');
    for (const value of [secretValue, variableValue]) {
      assert.deepEqual(
        texts.filter((text) => text.includes(value)),
        [],
      );
    }
  });

  it('has the digest that sending it gives, in every environment', async () => {
    for (const uri of [
      'a=1',
      'a={{topic}}',
      'b={{password}}',
      'c={{region}}',
      'a={{topic}}&b={{password}}&x={{gone}}',
    ]) {
      for (const id of ['dev', 'test']) {
        const flow = flowOf(uri);
        const { parameterDigest, digests } = await contentOf(flow, id);
        const sending = await sent(flow, id);
        assert.equal(parameterDigest, sending.parameterDigest, `${uri} in ${id}`);
        assert.equal(digests.sha256, sending.digests.sha256);
      }
    }
  });

  it('has another digest for every other secret and variable, and for what a secret uses', async () => {
    const flow = flowOf('b={{password}}');
    const digests = await Promise.all([
      contentOf(flow, 'dev'),
      contentOf(flow, 'dev', new Vault('other {{region}}')),
      contentOf(flow, 'dev', new Vault(secretValue, 'another region')),
      contentOf(flow, 'dev', new Vault('')),
    ]);
    assert.equal(new Set(digests.map(({ parameterDigest }) => parameterDigest)).size, 4);
    const again = await contentOf(flow, 'dev', new Vault());
    assert.equal(again.parameterDigest, digests[0].parameterDigest);
  });

  it('is not known where a value is missing, and says which', async () => {
    const flow = flowOf('b={{password}}&c={{region}}');
    const content = await contentOf(flow, 'dev', new Vault(null, null));
    const problems = [
      { kind: 'secret-not-stored', key: 'password' },
      { kind: 'variable-not-set', key: 'region', variable: 'REGION' },
    ];
    assert.equal(content.parameterDigest, undefined);
    assert.deepEqual(content.problems, problems);
    assert.deepEqual(await send(flow, 'dev', new Vault(null, null)), { kind: 'unresolved', problems });
  });

  it('claims no path of the runtime through a value that is known', async () => {
    const yaml = '- from: {uri: "platform-http:{{base}}/x", steps: []}\n- rest: {path: "{{base}}"}\n';
    const flow = aFlow('orders', yaml, { parsed: parseFlowYaml(yaml, 'orders.camel.yaml') });
    const text = registryText.replace('topic: orders', 'base: /orders').replace('topic: "{{password}}"', 'base: /_api');
    assert.deepEqual((await contentOf(flow, 'dev', new Vault(), text)).problems, []);
    const content = await contentOf(flow, 'test', new Vault(), text);
    assert.deepEqual(content.problems, [{ kind: 'reserved-path' }]);
    assert.notEqual(content.parameterDigest, undefined, 'what is there already can be compared');
  });

  it('is worked out once for all flows that ask for the same, and apart for one with other keys or with a value of its own', async () => {
    let count = 0;
    const keyedDigest = (key: string, text: string): string => {
      count++;
      return hashing.keyedDigest(key, text);
    };
    const counting = new ParameterDigester({ ...hashing, keyedDigest }, 'key');
    const registry = registryOf();
    const marks = await readMarks(registry, new Vault().marks);
    const sources = { registry, marks, hashing, digester: counting };
    const digestOf = (flow: Flow): string | undefined => flowContents(flow, sources).get('dev')?.parameterDigest;
    const flow = flowOf('a={{topic}}&b={{topic}}');
    const first = digestOf(flow);
    const worked = count;
    assert.ok(first !== undefined && worked > 0);
    for (let index = 0; index < 100; index++) assert.equal(digestOf(flowOf(`a={{topic}}&i=${index}`)), first);
    assert.equal(count, worked);
    const { parameters } = parseParameterFile('{"topic": "own"}', 'orders.params.json');
    assert.notEqual(digestOf({ ...flow, parameters }), first);
    assert.notEqual(digestOf(flowOf('a={{topic}}&b={{region}}')), first);
    assert.notEqual(digestOf(flowOf('a={{region}}')), first);
    assert.equal(digestOf(flow), first);
  });

  it('names the keys that it uses, and those that nothing defines', async () => {
    const content = await contentOf(flowOf('b={{topic}}&a={{gone}}&c={{?d}}'), 'test');
    assert.deepEqual(content.parameterNames, ['d', 'gone', 'password', 'topic']);
    assert.deepEqual(content.missingKeys, ['gone']);
    assert.equal(content.yaml, flowOf('b={{topic}}&a={{gone}}&c={{?d}}').yaml);
  });

  it('is recognised rendered where only texts are put in', async () => {
    const { digests } = await contentOf(flowOf('a={{topic}}'), 'dev');
    const rendered = { algorithm: 'sha256', hex: hashing.digest('sha256', flowOf('a=orders').yaml) } as const;
    assert.equal(digests.matching(rendered), 'rendered');
    assert.equal((await contentOf(flowOf('b={{password}}'), 'dev')).digests.isComparable('rendered'), false);
    const missing = await contentOf(flowOf('b={{password}}'), 'test', new Vault(null));
    assert.equal(missing.digests.isComparable(), false);
  });
});

describe('prepareSending', () => {
  it('sends the YAML byte for byte and the values beside it, where the runtime puts them in', async () => {
    const vault = new Vault();
    const flow = flowOf('a={{topic}}&b={{password}}');
    const { body, digests } = await sent(flow, 'dev', vault);
    assert.deepEqual(body, {
      yaml: flow.yaml,
      params: { topic: 'orders', password: secretValue, region: variableValue },
      secretValues: [secretValue, variableValue],
    });
    assert.deepEqual(vault.asked, ['dev password', 'REGION']);
    assert.equal(digests.matching({ algorithm: 'sha256', hex: hashing.digest('sha256', flow.yaml) }), 'sent');
  });

  it('sends the rendered YAML and nothing beside it, where it is rendered here', async () => {
    const { body, digests } = await sent(flowOf('b={{password}}'), 'test');
    const yaml = flowOf(`b=hush-${variableValue}-9241`).yaml;
    assert.deepEqual(body, { yaml, secretValues: [secretValue, variableValue] });
    assert.equal(digests.matching({ algorithm: 'sha256', hex: hashing.digest('sha256', yaml) }), 'sent');
  });

  it('asks for nothing that the flow does not use, and hides no empty text', async () => {
    const vault = new Vault('');
    assert.deepEqual((await sent(flowOf('a={{topic}}'), 'dev', vault)).body, {
      yaml: flowOf('a={{topic}}').yaml,
      params: { topic: 'orders' },
    });
    assert.deepEqual(vault.asked, []);
    assert.equal((await sent(flowOf('b={{password}}'), 'dev', vault)).body.secretValues, undefined);
  });

  it('sends nothing where values run in a circle, through a secret too, or have no end', async () => {
    const text = registryText.replace('topic: orders', 'topic: "{{password}}"');
    assert.deepEqual(await send(flowOf('a={{topic}}'), 'dev', new Vault('{{topic}}'), text), {
      kind: 'unresolved',
      problems: [{ kind: 'cycle', chain: ['password', 'topic', 'password'] }],
    });
    const huge = new Vault(`${'x'.repeat(5 * 1024 * 1024)}{{region}}`);
    const twice = registryText.replace('topic: "{{password}}"', 'topic: "{{password}}{{password}}"');
    const sending = await send(flowOf('a={{topic}}'), 'test', huge, twice);
    assert.deepEqual(sending, { kind: 'unresolved', problems: [{ kind: 'too-large', key: 'topic' }] });
  });
});
