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

function flowOf(log: string, parameters?: Record<string, unknown>, name = 'orders'): Flow {
  const yaml = `- from:\n    uri: timer:x\n    steps:\n      - log: '${log}'\n`;
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

  it('works out a key that texts alone make', () => {
    const registry = registryOf('stage: dev, dev.host: "{{port}}", port: 1, test.host: t');
    const flow = flowOf('{{{{stage}}.host}}');
    assert.deepEqual([...usedKeys(flow, inDev(registry, flow))].sort(), ['dev.host', 'port', 'stage']);
  });

  it('does not follow a value that is taken as it is', () => {
    const registry = registryOf('a: "{{b?nested=false}}", b: "{{c}}"');
    const flow = flowOf('{{a}}');
    assert.ok(!usedKeys(flow, inDev(registry, flow)).has('c'));
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
        '{{a}}.b runtime',
        'a resolved',
      ],
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
});

describe('parameterFaults', () => {
  function codes(registry: Registry, flows: readonly Flow[]): readonly string[] {
    return parameterFaults(registry, flows).map(({ code, file, range, severity }) => {
      assert.equal(severity, 'warning');
      return `${code} ${file.split('/').at(-1) ?? ''}:${range.start.line}`;
    });
  }

  it('warns of a flow-level value that hides environments, naming them', () => {
    const registry = registryOf('', 'a: 1', 'a: 2');
    const [fault] = parameterFaults(registry, [flowOf('{{a}}', { a: 'f' })]);
    assert.equal(fault?.code, 'hides-environment-value');
    assert.match(fault.message, /dev and test/);
    assert.equal(fault.file, 'file:///w/orders.camel.yaml.json');
    assert.deepEqual(codes(registryOf('a: 1'), [flowOf('{{a}}', { a: 'f' })]), []);
  });

  it('warns of keys that nothing uses, and not without any flow', () => {
    const registry = registryOf('a: "{{b}}", b: 1, c: 1', '', 'd: 1');
    assert.deepEqual(codes(registry, [flowOf('{{a}}', { e: 'f' }), flowOf('x', undefined, 'other')]), [
      'unused-parameter orders.camel.yaml.json:0',
      'unused-parameter pipebase.yaml:1',
      'unused-parameter pipebase.yaml:4',
    ]);
    assert.deepEqual(codes(registry, []), []);
  });

  it('is silent where the runtime makes up keys', () => {
    assert.deepEqual(codes(registryOf('a: 1'), [flowOf('{{{{x}}.y}}')]), []);
  });

  it('warns of a value that Camel refuses', () => {
    const registry = registryOf(`a: '{"q":{}}', b: "{{x", c: "x\\\\}}y", d: "{{a}}"`);
    assert.deepEqual(
      parameterFaults(registry, [flowOf('{{a}}{{b}}{{c}}{{d}}')]).map(({ message }) => /`(\w)`/.exec(message)?.[1]),
      ['a', 'b'],
    );
  });
});
