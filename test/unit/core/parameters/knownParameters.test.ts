import assert from 'node:assert/strict';
import { knownParameters, readMarks, type KnownParameters } from '../../../../src/core/parameters/knownParameters';
import type { EffectiveParameters } from '../../../../src/core/parameters/effectiveParameters';
import type { ValueMark } from '../../../../src/core/ports';
import { parseRegistry } from '../../../../src/core/registry/parseRegistry';
import { environmentLayers } from '../../../../src/core/parameters/effectiveParameters';

function registryOf(parameters: string, dev = '', test = '') {
  const text = `version: 1\nparameters: { ${parameters} }\nenvironments:\n  dev: { url: https://d, parameters: { ${dev} } }\n  test: { url: https://t, parameters: { ${test} } }\n`;
  const registry = parseRegistry(text, 'file:///w/pipebase.yaml');
  assert.deepEqual(registry.faults, []);
  return registry;
}

function effectiveOf(parameters: string): EffectiveParameters {
  const registry = registryOf(parameters);
  const [dev] = registry.environments;
  assert.ok(dev);
  return environmentLayers(registry, dev);
}

function mark(digest: string, ...uses: readonly string[]): ValueMark {
  return { digest, uses };
}

describe('knownParameters', () => {
  function known(parameters: string, used: readonly string[], marks: Record<string, ValueMark> = {}): KnownParameters {
    return knownParameters(effectiveOf(parameters), new Set(used), new Map(Object.entries(marks)));
  }

  it('has the texts, and the marks of the others', () => {
    const { texts, marks, problems } = known(
      'a: 1, s: { secret: true }, e: { env: E }, unused: 2',
      ['a', 's', 'e', 'undefined'],
      { s: mark('S'), e: mark('E'), unused: mark('U') },
    );
    assert.deepEqual([...texts], [['a', '1']]);
    assert.deepEqual(
      [...marks],
      [
        ['s', mark('S')],
        ['e', mark('E')],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('follows keys through texts and through marks', () => {
    const { texts, marks } = known('a: "{{s}}", s: { secret: true }, b: "{{c}}", c: 1', ['a'], {
      s: mark('S', 'b', 'gone'),
    });
    assert.deepEqual([...texts.keys()], ['a', 'b', 'c']);
    assert.deepEqual([...marks.keys()], ['s']);
  });

  it('tells every value that is not there, and every cycle of texts', () => {
    const parameters = 's: { secret: true }, e: { env: NOPE }, a: "{{b}}", b: "{{a}}"';
    assert.deepEqual(known(parameters, ['s', 'e', 'a']).problems, [
      { kind: 'secret-not-stored', key: 's' },
      { kind: 'variable-not-set', key: 'e', variable: 'NOPE' },
      { kind: 'cycle', chain: ['b', 'a', 'b'] },
    ]);
  });
});

describe('readMarks', () => {
  it('asks for each secret and variable of each environment once, and for no text', async () => {
    const asked: string[] = [];
    const registry = registryOf(
      'a: 1, s: { secret: true }, e: { env: E }, x: { secret: true }',
      'e: { env: D }, x: text',
      'a: { secret: true }',
    );
    const marks = await readMarks(registry, {
      secretParameter: (environment, key) => {
        asked.push(`${environment} ${key}`);
        return Promise.resolve(key === 'x' ? undefined : mark(`${environment} ${key}`));
      },
      environmentVariable: (name) => {
        asked.push(name);
        return mark(name);
      },
    });
    assert.deepEqual(asked.sort(), ['D', 'E', 'dev s', 'test a', 'test s', 'test x']);
    const digests = [...marks].map(([id, own]) => [
      id,
      Object.fromEntries([...own].map(([key, { digest }]) => [key, digest])),
    ]);
    assert.deepEqual(Object.fromEntries(digests), {
      dev: { s: 'dev s', e: 'D' },
      test: { a: 'test a', s: 'test s', e: 'E' },
    });
  });
});
