import assert from 'node:assert/strict';
import type { SecretValues } from '../../../../src/core/ports';
import type { EffectiveParameters } from '../../../../src/core/parameters/effectiveParameters';
import { resolveParameters } from '../../../../src/core/parameters/resolveParameters';
import type { EffectiveParameter } from '../../../../src/core/parameters/types';
import type { ParameterDefinition } from '../../../../src/core/registry/types';
import { startOfFile } from '../../../../src/core/source';

const place = { range: startOfFile, file: 'f' };

function effectiveOf(definitions: Record<string, string | { secret: true } | { env: string }>): EffectiveParameters {
  return new Map(
    Object.entries(definitions).map(([key, given]): [string, EffectiveParameter] => {
      const definition: ParameterDefinition =
        typeof given === 'string'
          ? { kind: 'text', text: given, ...place }
          : 'env' in given
            ? { kind: 'env', variable: given.env, ...place }
            : { kind: 'secret', ...place };
      return [key, { key, layer: 'global', definition, shadows: [] }];
    }),
  );
}

/** Only dev has secrets: `s` and `t`, and only `REGION` is set. */
const secrets: SecretValues = {
  secretParameter: (environment, key) =>
    Promise.resolve(environment === 'dev' ? { s: 'hush {{inner}}', t: 'T' }[key] : undefined),
  environmentVariable: (name) => (name === 'REGION' ? 'eu' : undefined),
};

describe('resolveParameters', () => {
  it('gives the values of the used keys, as they are, and names the secret ones', async () => {
    const effective = effectiveOf({
      a: 'x{{b}}',
      b: '1',
      s: { secret: true },
      r: { env: 'REGION' },
      inner: 'i',
      unused: 'u',
    });
    const resolved = await resolveParameters(effective, new Set(['a', 'b', 's', 'r', 'undefined']), 'dev', secrets);
    assert.equal(resolved.kind, 'resolved');
    assert.deepEqual(Object.fromEntries(resolved.values), {
      a: 'x{{b}}',
      b: '1',
      s: 'hush {{inner}}',
      r: 'eu',
      inner: 'i',
    });
    assert.deepEqual([...resolved.secretKeys], ['s', 'r']);
  });

  it('asks for nothing that is not used', async () => {
    const none: SecretValues = {
      secretParameter: () => assert.fail('asked for a secret'),
      environmentVariable: () => assert.fail('asked for a variable'),
    };
    const effective = effectiveOf({ a: '1', s: { secret: true }, r: { env: 'REGION' } });
    const resolved = await resolveParameters(effective, new Set(['a']), 'dev', none);
    assert.equal(resolved.kind, 'resolved');
  });

  it('tells every problem at once', async () => {
    const effective = effectiveOf({
      s: { secret: true },
      e: { env: 'NOPE' },
      a: '{{b}}',
      b: '{{c}}',
      c: '{{b}}',
      d: '{{d}}',
    });
    const resolved = await resolveParameters(effective, new Set(effective.keys()), 'prod', secrets);
    assert.deepEqual(resolved, {
      kind: 'unresolved',
      problems: [
        { kind: 'secret-not-stored', key: 's' },
        { kind: 'variable-not-set', key: 'e', variable: 'NOPE' },
        { kind: 'cycle', chain: ['b', 'c', 'b'] },
        { kind: 'cycle', chain: ['d', 'd'] },
      ],
    });
  });

  it('asks for the plain keys of values alone, and for none of a value that Camel refuses', async () => {
    const effective = effectiveOf({ a: '{{env:x}} {{{{b}}.c}}', 'env:x': '1', b: '2', r: 'x{{open', open: '3' });
    const resolved = await resolveParameters(effective, new Set(['a', 'r']), 'dev', secrets);
    assert.equal(resolved.kind, 'resolved');
    assert.deepEqual([...resolved.values.keys()], ['a', 'r', 'b']);
  });

  it('tells one cycle once, and none where values only grow', async () => {
    const effective = effectiveOf({
      x: 'no cycle',
      in: '{{a}}',
      a: '{{b}}',
      b: '{{c}} {{a}}',
      c: '{{a}}',
      huge: '{{big}}',
      big: '{{bigger}}{{bigger}}',
      bigger: 'x'.repeat(5 * 1024 * 1024) + '{{x}}',
    });
    const resolve = (...keys: string[]) => resolveParameters(effective, new Set(keys), 'dev', secrets);
    assert.deepEqual(await resolve('x', 'in', 'a', 'b', 'c'), {
      kind: 'unresolved',
      problems: [{ kind: 'cycle', chain: ['a', 'b', 'c', 'a'] }],
    });
    assert.equal((await resolve('huge')).kind, 'resolved');
  });

  it('takes an empty secret for a value', async () => {
    const empty: SecretValues = { ...secrets, secretParameter: () => Promise.resolve('') };
    const resolved = await resolveParameters(effectiveOf({ s: { secret: true } }), new Set(['s']), 'dev', empty);
    assert.equal(resolved.kind === 'resolved' && resolved.values.get('s'), '');
  });
});
