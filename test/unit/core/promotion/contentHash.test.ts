import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { DigestAlgorithm } from '../../../../src/core/ports';
import {
  ContentDigests,
  recogniseHash,
  TextDigests,
  type ContentForms,
  type HashVariant,
} from '../../../../src/core/promotion/contentHash';
import { digestsOf, hashing } from '../../../support/builders';

const algorithms = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
const encodings = ['hex', 'base64', 'base64url'] as const;

describe('recogniseHash', () => {
  it('recognises every digest in every encoding, with and without a prefix', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...algorithms),
        fc.constantFrom(...encodings),
        fc.string(),
        fc.boolean(),
        (algorithm, encoding, text, hasPrefix) => {
          const digest = createHash(algorithm).update(text);
          const hex = digest.copy().digest('hex');
          const prefix = hasPrefix ? `${algorithm}:` : '';
          assert.deepEqual(recogniseHash(`${prefix}${digest.digest(encoding)}`), { algorithm, hex });
        },
      ),
    );
  });

  it('reads hex in upper case', () => {
    assert.equal(recogniseHash('D41D8CD98F00B204E9800998ECF8427E')?.hex, 'd41d8cd98f00b204e9800998ecf8427e');
  });

  it('takes white space around a digest for nothing', () => {
    assert.equal(recogniseHash(' d41d8cd98f00b204e9800998ecf8427e\n')?.algorithm, 'md5');
  });

  it('does not find a digest inside of something else', () => {
    const hex = 'd41d8cd98f00b204e9800998ecf8427e';
    assert.equal(recogniseHash(`flow sha256:${hex}`), undefined);
    assert.equal(recogniseHash(`absha256:${'c'.repeat(62)}`), undefined);
    assert.equal(recogniseHash(`!${Buffer.from(hex, 'hex').toString('base64')}`), undefined);
  });

  for (const text of ['', '17', 'v1.2.3', 'abc', 'g'.repeat(31), 'sha256:', `${'a'.repeat(64)} x`]) {
    it(`does not take ${JSON.stringify(text)} for a digest`, () => {
      assert.equal(recogniseHash(text), undefined);
    });
  }
});

describe('ContentDigests', () => {
  const sha256 = (text: string): { algorithm: 'sha256'; hex: string } => ({
    algorithm: 'sha256',
    hex: hashing.digest('sha256', text),
  });

  const values = new Map([['k', 'v']]);
  const source = 'a: "{{k}}"\r\n';
  const rendered = 'a: "v"\r\n';

  it('matches what is sent, its LF form, and what the runtime makes of it', () => {
    const digests = digestsOf(source, { values });
    assert.equal(digests.matching(sha256(source)), 'sent');
    assert.equal(digests.matching(sha256('a: "{{k}}"\n')), 'lf');
    assert.equal(digests.matching(sha256(rendered)), 'rendered');
    assert.equal(digests.matching(sha256('c')), undefined);
  });

  it('does not match the source where something else is sent', () => {
    const digests = digestsOf(source, { values, substitution: 'client' });
    assert.equal(digests.matching(sha256(source)), undefined);
    assert.equal(digests.matching(sha256('a: "{{k}}"\n')), undefined);
    assert.equal(digests.matching(sha256(rendered)), 'sent');
    assert.equal(digests.matching(sha256(rendered), 'rendered'), 'sent');
    assert.equal(digests.matching(sha256('a: "v"\n')), 'lf');
    assert.equal(digests.sha256, sha256(source).hex);
  });

  it('keeps the line ends and the algorithms of a rendered text apart', () => {
    const digests = digestsOf(source, { values, substitution: 'client' });
    for (const algorithm of ['md5', 'sha256', 'sha1'] as const) {
      const hexOf = (text: string) => ({ algorithm, hex: hashing.digest(algorithm, text) });
      assert.equal(digests.matching(hexOf('a: "v"\n')), 'lf');
      assert.equal(digests.matching(hexOf(rendered)), 'sent');
    }
    const withoutCr = digestsOf('a: "{{k}}"', { values, substitution: 'client' });
    assert.equal(withoutCr.matching(sha256('a: "v"'), 'lf'), 'sent');
  });

  it('knows whether a hash that matches nothing tells anything', () => {
    const endless = new Map([['k', '{{k}}']]);
    const cases: readonly (readonly [Partial<ContentForms>, HashVariant | undefined, boolean])[] = [
      [{ values: undefined }, undefined, true],
      [{ values: undefined }, 'sent', true],
      [{ values: undefined }, 'lf', true],
      [{ values: undefined }, 'rendered', false],
      [{ values }, 'rendered', true],
      [{ values: endless }, 'rendered', false],
      [{ values: undefined, substitution: 'client' }, undefined, false],
      [{ values: undefined, substitution: 'client' }, 'sent', false],
      [{ values, substitution: 'client' }, 'sent', true],
      [{ values: endless, substitution: 'client' }, 'sent', false],
    ];
    for (const [forms, scheme, expected] of cases) {
      const name = `${forms.substitution ?? 'runtime'} ${scheme ?? ''} ${forms.values?.get('k') ?? 'unknown'}`;
      assert.equal(digestsOf(source, forms).isComparable(scheme), expected, name);
    }
  });

  /** Forms whose values are counted when they are asked for, and whose texts when they are hashed. */
  function counted(yaml: string, given: ReadonlyMap<string, string>) {
    const counts = { values: 0, asked: new Array<string>() };
    const counting = {
      ...hashing,
      digest: (algorithm: DigestAlgorithm, text: string) => (counts.asked.push(text), hashing.digest(algorithm, text)),
    };
    const forms: ContentForms = {
      source: new TextDigests(counting, yaml),
      substitution: 'runtime',
      get values() {
        counts.values++;
        return given;
      },
    };
    return { counts, digests: new ContentDigests(forms), forms };
  }

  it('asks for no value where the YAML matches, and hashes each text once', () => {
    const { counts, digests, forms } = counted(source, values);
    digests.matching(sha256(source));
    assert.equal(counts.values, 0);
    for (const text of ['x', 'y', rendered]) digests.matching(sha256(text));
    assert.deepEqual(counts.asked, [source, 'a: "{{k}}"\n', rendered]);
    // Another environment has the same source.
    new ContentDigests({ ...forms, values: new Map() }).matching(sha256('x'));
    assert.equal(counts.asked.length, 3);
  });

  it('keeps algorithms apart', () => {
    const { counts, digests } = counted('a', new Map());
    for (const algorithm of ['md5', 'sha256', 'md5'] as const) {
      assert.equal(digests.matching({ algorithm, hex: hashing.digest(algorithm, 'a') }), 'sent');
    }
    assert.deepEqual(counts.asked, ['a', 'a']);
  });

  it('renders nothing where there is nothing to put in', () => {
    const { counts, digests } = counted('a: {', new Map());
    assert.equal(digests.matching(sha256('x')), undefined);
    assert.deepEqual(counts.asked, ['a: {']);
  });

  it('tries the form that matched before first', () => {
    const { counts, digests } = counted(source, values);
    assert.equal(digests.matching(sha256(rendered), 'rendered'), 'rendered');
    assert.deepEqual(counts.asked, [rendered]);
  });
});
