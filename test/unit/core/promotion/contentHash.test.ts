import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { ContentDigests, recogniseHash, rememberDigests } from '../../../../src/core/promotion/contentHash';
import { hashing } from '../../../support/builders';

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

  it('matches what would be sent, its LF form, and what the runtime would make of it', () => {
    const digests = new ContentDigests(hashing, { source: 'a\r\n', sent: 'a\r\n', rendered: () => 'b\r\n' });
    assert.equal(digests.matching(sha256('a\r\n')), 'sent');
    assert.equal(digests.matching(sha256('a\n')), 'lf');
    assert.equal(digests.matching(sha256('b\r\n')), 'rendered');
    assert.equal(digests.matching(sha256('c')), undefined);
  });

  it('does not match the source where something else is sent', () => {
    const digests = new ContentDigests(hashing, { source: '{{a}}', sent: 'A' });
    assert.equal(digests.matching(sha256('{{a}}')), undefined);
    assert.equal(digests.sha256, sha256('{{a}}').hex);
  });

  it('renders only where nothing cheaper matches, and once', () => {
    let count = 0;
    const rendered = (): string => `rendered ${String(++count)}`;
    const digests = new ContentDigests(hashing, { source: 'a', sent: 'a', rendered });
    digests.matching(sha256('a'));
    assert.equal(count, 0);
    digests.matching(sha256('x'));
    digests.matching(sha256('y'));
    assert.equal(count, 1);
  });

  it('tries the form that matched before first', () => {
    const asked: string[] = [];
    const counting = {
      ...hashing,
      digest: (algorithm: 'sha256', text: string) => (asked.push(text), hashing.digest(algorithm, text)),
    };
    const digests = new ContentDigests(counting, { source: 'a', sent: 'a', rendered: () => 'b' });
    digests.matching(sha256('b'), 'rendered');
    assert.deepEqual(asked, ['b']);
  });
});

describe('rememberDigests', () => {
  it('computes each digest of each text once, and keeps them apart', () => {
    let count = 0;
    const counting = {
      ...hashing,
      digest: (algorithm: 'md5' | 'sha256', text: string) => {
        count++;
        return hashing.digest(algorithm, text);
      },
    };
    const remembering = rememberDigests(counting);
    for (const [algorithm, text] of [
      ['md5', 'a'],
      ['sha256', 'a'],
      ['md5', 'b'],
      ['md5', 'a'],
      ['sha256', 'a'],
    ] as const) {
      assert.equal(remembering.digest(algorithm, text), hashing.digest(algorithm, text));
    }
    assert.equal(count, 3);
    assert.equal(remembering.keyedDigest('k', 'a'), hashing.keyedDigest('k', 'a'));
  });
});
