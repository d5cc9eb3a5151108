import assert from 'node:assert/strict';
import { buildCatalogue } from '../../../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';
import type { Flow } from '../../../../src/core/flows/types';
import {
  effectiveParameters,
  type EffectiveParameters,
  missingKeys,
  parameterFaults,
  usedKeys,
  verdictOf,
} from '../../../../src/core/parameters/effectiveParameters';
import { parseRegistry } from '../../../../src/core/registry/parseRegistry';
import type { Registry } from '../../../../src/core/registry/types';

function flowOf(log: string, parameters?: Record<string, unknown>, name = 'orders', written = `'${log}'`): Flow {
  const yaml = `- from:\n    uri: timer:x\n    steps:\n      - log: ${written}\n`;
  const file = `file:///w/${name}.camel.yaml`;
  const text =
    parameters === undefined ? {} : { parameters: { file: `${file}.json`, text: JSON.stringify(parameters) } };
  const [flow] = buildCatalogue([
    { file, path: `${name}.camel.yaml`, yaml, parsed: parseFlowYaml(yaml, file), ...text },
  ]);
  assert.ok(flow);
  return flow;
}

function registryOf(global: string, dev = '', test = ''): Registry {
  const text = `version: 1\nparameters: { ${global} }\nenvironments:\n  dev: { url: https://d, parameters: { ${dev} } }\n  test: { url: https://t, parameters: { ${test} } }\n`;
  const registry = parseRegistry(text, 'file:///w/pipebase.yaml');
  assert.deepEqual(registry.faults, []);
  return registry;
}

function inDev(registry: Registry, flow: Flow): EffectiveParameters {
  const dev = registry.environments.find(({ id }) => id === 'dev');
  assert.ok(dev);
  return effectiveParameters(registry, flow, dev);
}

describe('effectiveParameters', () => {
  it('lets the later layer win, and knows what it hides', () => {
    const effective = inDev(registryOf('a: g, b: g, c: g', 'b: e, c: e', 'c: other'), flowOf('x', { c: 'f' }));
    const described = [...effective.values()].map(({ key, layer, definition, shadows }) => [
      key,
      layer,
      definition.kind === 'text' && definition.text,
      shadows.map((each) => each.layer),
    ]);
    assert.deepEqual(described, [
      ['a', 'global', 'g', []],
      ['b', 'environment', 'e', ['global']],
      ['c', 'flow', 'f', ['environment', 'global']],
    ]);
    assert.equal(effective.get('c')?.definition.file, 'file:///w/orders.camel.yaml.json');
  });
});

describe('usedKeys', () => {
  it('follows values into values, and ends in a cycle', () => {
    const registry = registryOf('a: "{{b}} {{x:{{c}}}}", b: "{{a}}", c: 1, unused: 1');
    const flow = flowOf('{{a}} {{?o}} {{d:1}} {{env:E}} {{missing}}');
    const used = usedKeys(flow, inDev(registry, flow));
    assert.deepEqual([...used].sort(), ['a', 'b', 'c', 'd', 'missing', 'o', 'x']);
  });

  it('knows the keys of conditions', () => {
    const registry = registryOf('a: "{{boolean:c}}", b: "true", c: "true"');
    const flow = flowOf('{{boolean:a}} {{boolean:!b:true}} {{boolean:d > 5}}');
    assert.deepEqual([...usedKeys(flow, inDev(registry, flow))].sort(), ['a', 'b', 'c', 'd']);
    assert.deepEqual(missingKeys(flow, inDev(registry, flow)), ['d']);
  });

  it('works out a key that texts alone make', () => {
    const registry = registryOf('stage: dev, dev.host: "{{port}}", port: 1, test.host: t');
    const flow = flowOf('{{{{stage}}.host}}');
    assert.deepEqual([...usedKeys(flow, inDev(registry, flow))].sort(), ['dev.host', 'port', 'stage']);
  });

  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['a value in a value that is taken as it is', '{{a}}', 'a: "{{b?nested=false}}", b: "{{c}}"', ['a', 'b']],
    ['a value that is taken as it is', '{{a?nested=false}}', 'a: "{{b}}"', ['a']],
    ['a function, not even one that is a key', '{{env:A}} {{x}}', '"env:A": "{{b}}", x: "{{sys:b}}"', ['x']],
    ['what Camel does not close in a value', '{{a}}', 'a: "x{{b"', ['a']],
    ['a secret', '{{a}}', 'a: { secret: true }', ['a']],
    ['a key that nothing decides', '{{{{a}}.b}}', '"x.b": 1', ['a']],
    ['a key that a secret decides', '{{{{a}}.b}}', 'a: { secret: true }, "x.b": 1', ['a']],
    ['a key that values without an end would make', '{{{{a}}.b}}', 'a: "{{a}}", "x.b": 1', ['a']],
    ['a function that is made', '{{{{a}}:B}}', 'a: env, "env:B": "{{c}}", env: 1', ['a']],
  ];
  for (const [name, log, parameters, expected] of cases) {
    it(`does not follow ${name}`, () => {
      const flow = flowOf(log);
      assert.deepEqual([...usedKeys(flow, inDev(registryOf(parameters), flow))].sort(), expected);
    });
  }

  it('works out a key that texts make in a value, with a default, or behind a negation', () => {
    const registry = registryOf('stage: dev, host: "{{{{stage}}.host}}", "dev.host": h, "dev.port": p, dev: "true"');
    const flow = flowOf('{{host}} {{{{stage}}.port:80}}');
    assert.deepEqual([...usedKeys(flow, inDev(registry, flow))].sort(), ['dev.host', 'dev.port', 'host', 'stage']);
    const negated = flowOf('{{!{{stage}}}}');
    assert.deepEqual([...usedKeys(negated, inDev(registry, negated))].sort(), ['dev', 'stage']);
  });
});

describe('verdictOf', () => {
  const flow = flowOf('{{a}} {{s}} {{?a}} {{?o}} {{d:x}} {{a:x}} {{m}} {{env:E}} {{{{a}}.b}}');
  const effective = inDev(registryOf('a: 1, s: { secret: true }'), flow);
  it('tells what becomes of each', () => {
    assert.deepEqual(
      flow.parsed.placeholders.map((each) => `${each.expression} ${verdictOf(each, effective).kind}`),
      [
        'a resolved',
        's resolved',
        '?a resolved',
        '?o runtime',
        'd:x default',
        'a:x resolved',
        'm missing',
        'env:E runtime',
        '{{a}}.b missing',
        'a resolved',
      ],
    );
  });

  it('tells the same of a key that an inner placeholder makes', () => {
    const made = flowOf('{{{{a}}.b}} {{{{a}}.c}} {{{{a}}.c:x}} {{?{{a}}.c}} {{{{s}}.c}} {{{{m}}.c}} {{{{a}}:c}}');
    const texts = inDev(registryOf('a: env, "env.b": 1, s: { secret: true }'), made);
    const outer = made.parsed.placeholders.filter(({ expression }) => expression.includes('{{'));
    assert.deepEqual(
      outer.map((each) => verdictOf(each, texts).kind),
      ['resolved', 'missing', 'default', 'runtime', 'runtime', 'runtime', 'runtime'],
    );
  });
});

describe('missingKeys', () => {
  it('names required keys that nothing defines, also those inside of values, once each', () => {
    const flow = flowOf('{{z}} {{a}} {{z}} {{?o}} {{d:x}} {{env:E}} {{{{y}}.b}}');
    const effective = inDev(registryOf('a: "{{inner}} {{z}} {{e:1}}"'), flow);
    assert.deepEqual(missingKeys(flow, effective), ['z', 'y', 'inner']);
  });

  it('wants the key of an inner default, for Camel resolves it first', () => {
    const flow = flowOf('{{a:{{b}}}}');
    assert.deepEqual(missingKeys(flow, inDev(registryOf('a: 1'), flow)), ['b']);
  });

  it('names a key that texts make and nothing defines, where it is required', () => {
    const flow = flowOf('{{{{env}}.host}} {{{{env}}.port:80}} {{?{{env}}.path}} {{{{gone}}.x}}');
    assert.deepEqual(missingKeys(flow, inDev(registryOf('env: dev'), flow)), ['dev.host', 'gone']);
  });

  it('names what a key made by texts needs', () => {
    const flow = flowOf('{{{{stage}}.host}} {{{{stage}}.port:80}}');
    assert.deepEqual(missingKeys(flow, inDev(registryOf('stage: dev, "dev.host": "{{net}}"'), flow)), ['net']);
  });

  it('wants nothing of a value that is taken as it is', () => {
    const flow = flowOf('{{a?nested=false}}');
    assert.deepEqual(missingKeys(flow, inDev(registryOf('a: "{{b}}"'), flow)), []);
  });
});

const yamlFile = 'file:///w/pipebase.yaml';
const jsonFile = 'file:///w/orders.camel.yaml.json';

/** A registry without any environment, which a file cannot be. */
function withoutEnvironments(registry: Registry): Registry {
  return { ...registry, environments: [] };
}

describe('parameterFaults', () => {
  /** File and line, code, message; every fault is a warning. */
  function told(registry: Registry, flows: readonly Flow[]): readonly string[] {
    return parameterFaults(registry, flows).map(({ severity, code, message, file, range }) => {
      assert.equal(severity, 'warning');
      return `${{ [yamlFile]: 'registry', [jsonFile]: 'orders' }[file] ?? file}:${range.start.line} ${code}: ${message}`;
    });
  }

  const hides = "a flow's own value is the same in every environment.";

  it('warns of a flow-level value that hides environments, naming them', () => {
    const flow = flowOf('{{a}} {{b}}', { a: 'f', b: 'f' });
    assert.deepEqual(told(registryOf('', 'a: 1', 'a: 2, b: 1'), [flow]), [
      `orders:0 hides-environment-value: This hides the value of \`a\` in dev and test: ${hides}`,
      `orders:0 hides-environment-value: This hides the value of \`b\` in test: ${hides}`,
    ]);
    assert.deepEqual(told(registryOf('a: 1'), [flow]), []);
  });

  it('lists three environments as one would write them', () => {
    const registry = registryOf('', 'a: 1', 'a: 2');
    const [dev, test] = registry.environments;
    assert.ok(dev && test);
    const three = { ...registry, environments: [dev, test, { ...dev, id: 'prod', label: 'Production' }] };
    assert.deepEqual(told(three, [flowOf('{{a}}', { a: 'f' })]), [
      `orders:0 hides-environment-value: This hides the value of \`a\` in dev, test and Production: ${hides}`,
    ]);
  });

  it('warns of keys that nothing uses, and not without any flow', () => {
    const registry = registryOf('a: "{{b}}", b: 1, c: 1', '', 'd: 1');
    assert.deepEqual(told(registry, [flowOf('{{a}}', { e: 'f' }), flowOf('x', undefined, 'other')]), [
      'orders:0 unused-parameter: `e` is not used by this flow.',
      'registry:1 unused-parameter: `c` is not used by any flow.',
      'registry:4 unused-parameter: `d` is not used by any flow.',
    ]);
    assert.deepEqual(told(registry, []), []);
  });

  it('knows the keys of the YAML without an environment, and no others', () => {
    const registry = withoutEnvironments(registryOf('a: 1, "env:B": 1'));
    assert.deepEqual(told(registry, [flowOf('{{a}} {{env:B}}')]), [
      'registry:1 unused-parameter: `env:B` is not used by any flow.',
    ]);
  });

  it('is silent where the runtime makes up keys, in one flow of many', () => {
    const dynamic = flowOf('{{{{x}}.y}}', { e: 'f' });
    assert.deepEqual(told(registryOf('a: 1'), [flowOf('x', undefined, 'other'), dynamic]), []);
  });

  for (const written of ["'{{a}}' @", '{{a}}', '{{a}}/b']) {
    it(`calls no key unused where a flow cannot be read whole: ${written}`, () => {
      const broken = flowOf('x', { e: 'f' }, 'broken', written);
      assert.deepEqual(told(registryOf('a: 1'), [flowOf('x', undefined, 'other'), broken]), []);
    });
  }

  it('warns of a value that Camel refuses, in every layer', () => {
    const registry = registryOf(`a: '{"q":{}}', c: "x\\\\}}y", d: "{{a}}", s: { secret: true }`, 'b: "{{x"');
    const flow = flowOf('{{a}}{{b}}{{c}}{{d}}{{e}}{{s}}', { e: '}}' });
    const refused = (key: string): string =>
      `refused-value: Camel refuses this value of \`${key}\`: \`{{\` and \`}}\` in it do not pair up. Escape both with a backslash.`;
    assert.deepEqual(told(registry, [flow]), [
      `orders:0 ${refused('e')}`,
      `registry:1 ${refused('a')}`,
      `registry:3 ${refused('b')}`,
    ]);
  });
});
