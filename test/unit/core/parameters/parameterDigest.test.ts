import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { ParameterDigester } from '../../../../src/core/parameters/parameterDigest';
import type { Hashing } from '../../../../src/core/ports';

describe('ParameterDigester', () => {
  const hashing: Hashing = {
    digest: () => assert.fail('a digest without a key gives secrets away'),
    keyedDigest: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
  };
  const digest = (pairs: readonly (readonly [string, string])[], key = 'k'): string =>
    new ParameterDigester(hashing, key).ofAll(new Map(pairs));

  it('is the same for every order', () => {
    assert.equal(
      digest([
        ['a', '1'],
        ['b', '2'],
        ['C', '3'],
      ]),
      digest([
        ['C', '3'],
        ['b', '2'],
        ['a', '1'],
      ]),
    );
  });

  it('is that of the pairs sorted by key, as JSON', () => {
    const text: Hashing = { ...hashing, keyedDigest: (key, hashed) => `${key}: ${hashed}` };
    const values = new Map([
      ['b', '1'],
      ['a,b', '2'],
      ['B', '"'],
      ['a', 'b,3'],
    ]);
    assert.equal(new ParameterDigester(text, 'k').ofAll(values), 'k: [["B","\\""],["a","b,3"],["a,b","2"],["b","1"]]');
  });

  it('differs for every other set of pairs, and every other key', () => {
    const sets: readonly (readonly (readonly [string, string])[])[] = [
      [],
      [['a', '']],
      [['', 'a']],
      [['a', 'b']],
      [['a', '1,b,2']],
      [
        ['a', '1'],
        ['b', '2'],
      ],
      [
        ['a', '2'],
        ['b', '1'],
      ],
      [['a', '1","b","2']],
      [['a', '1\u0000b=2']],
    ];
    const digests = [...sets.map((pairs) => digest(pairs)), digest([['a', '']], 'other')];
    assert.equal(new Set(digests).size, digests.length);
    assert.equal(digests[0], 'none');
    assert.match(digests[1] ?? '', /^[0-9a-f]{64}$/);
  });

  it('gives the same for values as for their digests', () => {
    const digester = new ParameterDigester(hashing, 'k');
    const values = new Map([
      ['a', '1'],
      ['b', ''],
    ]);
    const digests = new Map([...values].map(([key, value]) => [key, digester.ofValue(value)]));
    assert.equal(digester.ofValues(values), digester.ofAll(digests));
    assert.equal(digester.ofValues(new Map()), 'none');
    assert.equal(digester.ofValue('1'), hashing.keyedDigest('k', '1'));
  });

  it('marks a value by its digest and the plain keys in it', () => {
    const digester = new ParameterDigester(hashing, 'k');
    const value = 'x {{a}} {{env:E}} {{b:{{c}}}} {{{{d}}.e}}';
    assert.deepEqual(digester.mark(value), {
      digest: hashing.keyedDigest('k', value),
      uses: ['a', 'b', 'c', 'd'],
    });
    assert.deepEqual(digester.mark('{{open').uses, []);
  });
});
