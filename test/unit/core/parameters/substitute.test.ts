import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluatePlaceholders } from '../../../../src/core/flows/evaluatePlaceholders';
import { scanPlaceholders } from '../../../../src/core/flows/placeholders';
import { Substituter, type Substitution } from '../../../../src/core/parameters/substitute';

function substituted(text: string, values: Readonly<Record<string, string>>): Substitution {
  return new Substituter(new Map(Object.entries(values))).substitute(text);
}

/** `k0` uses `k1`, which uses `k2`, and so on for that many keys. */
function chainOf(length: number): Readonly<Record<string, string>> {
  const links = Array.from({ length: length - 1 }, (_, index) => [`k${index}`, `{{k${index + 1}}}`] as const);
  return { ...Object.fromEntries(links), [`k${length - 1}`]: 'end' };
}

const maxLength = 8 * 1024 * 1024;

describe('Substituter', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
    ['leaves a text without placeholders alone', 'a }} b', { a: '1' }, 'a }} b'],
    ['replaces each, all over the text', '<{{a}}{{b}}|{{a}}>', { a: '1', b: '' }, '<1|1>'],
    ['closes what the text leaves open', 'x{{a', { a: '1' }, 'x1'],
    ['leaves open what a value leaves open', 'x{{a}}', { a: 'y{{b', b: '1' }, 'xy{{b'],
    ['keeps braces that a value closes and never opened', '{{a}}', { a: '{{b}}}}', b: '1' }, '{{b}}}}'],
    ['asks for a key that values make', '{{{{a}}.{{b}}}}', { a: 'x', b: 'y', 'x.y': '1' }, '1'],
    ['keeps a key that values make and nothing defines', '{{{{a}}.{{b}}}}', { a: 'x', b: 'y' }, '{{x.y}}'],
    ['keeps a key that nothing makes', '{{{{x}}.{{a}}}}', { a: '1', '{{x}}.1': '2' }, '{{{{x}}.1}}'],
    ['replaces inside of a default that stays', '{{x:<{{a}}>{{b}}}}', { a: '1', b: '2' }, '{{x:<1>2}}'],
    [
      'keeps functions, even where a key is called so',
      '{{env:a}}{{bean:a?x}}',
      { 'env:a': '1', a: '2' },
      '{{env:a}}{{bean:a?x}}',
    ],
    ['replaces what a function is given', '{{env:{{a}}}}', { a: 'B', 'env:B': '1' }, '{{env:B}}'],
    ['finds no blank key', '{{ }}{{ :x}}', { ' ': '1' }, '{{ }}{{ :x}}'],
    [
      'judges a condition',
      '{{boolean:a}} {{boolean:b}} {{boolean:c}}',
      { a: 'FALSE', b: 'x', c: '' },
      'false true false',
    ],
    ['judges the opposite', '{{boolean:!a}} {{boolean:!b}}', { a: 'true', b: 'x' }, 'false true'],
    ['turns a condition round', '{{!boolean:a}}', { a: 'true' }, 'false'],
    ['leaves a condition to Simple that goes on', '{{boolean:a == 5}}', { a: '5' }, '{{boolean:a == 5}}'],
    ['leaves one to the runtime that completes its value', '{{boolean:a}}', { a: '{{env:B}}' }, '{{boolean:a}}'],
    ['leaves one to it that would have to refuse it', '{{boolean:a}}', { a: '{{' }, '{{boolean:a}}'],
    ['leaves one to it whose value ends what is not begun', '{{boolean:a}}', { a: '}}' }, '{{boolean:a}}'],
    ['judges one with a blank behind its key', '{{boolean:a }}', { a: 'true' }, 'true'],
    ['judges one by braces that stand for braces', '{{boolean:a}}', { a: '\\{{b\\}}' }, 'true'],
    ['hands a negation on to what the runtime completes', '{{!a}}', { a: '{{env:B}}' }, '{{!env:B}}'],
    ['leaves a text that may come to true to the runtime', '{{!a}}{{?b}}', { a: 'true' }, '{{!a}}{{?b}}'],
    ['turns nothing round beside other text for the runtime', '{{!a}} x{{?b}}', { a: 'true' }, 'true x{{?b}}'],
    ['negates nothing twice', '{{!a}}', { a: '{{!b}}' }, '{{!b}}'],
    ['turns true round', '{{!a}}', { a: 'true' }, 'false'],
    ['turns false round, whatever its case', '{{!a}}', { a: 'False' }, 'true'],
    ['turns a whole text round that two values make', '{{!a}}{{b}}', { a: 'tr', b: 'ue' }, 'false'],
    ['turns round what a made key gives', '{{!{{a}}}}', { a: 'b', b: 'TRUE' }, 'false'],
    ['keeps a negation that only the runtime can answer', '{{!{{a}}}}', { a: 'b' }, '{{!b}}'],
    ['turns nothing round where no `!` is', '{{a}}', { a: 'true' }, 'true'],
    ['turns nothing round beside other text', '{{!a}} x', { a: 'true' }, 'true x'],
    ['knows no negation in mid text', 'x{{!a}}', { a: 'true' }, 'x{{!a}}'],
    ['knows no negation inside of a value', '{{a}}', { a: '{{!b}}', b: 'true' }, '{{!b}}'],
    ['takes a `!` inside of a value for a part of the key', '{{a}}', { a: '{{!b}}', '!b': 'true', b: '1' }, 'true'],
    ['takes a value as it is where nesting is off', '{{a?nested=false}}', { a: '{{b}}', b: '1' }, '\\{{b\\}}'],
    [
      'takes all values of that text as they are',
      '{{a}} {{b?nested=false}}',
      { a: '<{{b}}>', b: '1' },
      '<\\{{b\\}}> 1',
    ],
    ['takes a value as it is inside of a value', '{{a}}', { a: '{{b?nested=false}}', b: '{{c}}', c: '1' }, '\\{{c\\}}'],
    ['follows values where nesting is on', '{{a?nested=true}}', { a: '{{b}}', b: '1' }, '1'],
    [
      'follows values where one says on and one says off',
      '{{a?nested=false}}{{a?nested=true}}',
      { a: '{{b}}', b: '1' },
      '11',
    ],
  ];
  for (const [name, text, values, expected] of cases) {
    it(name, () => {
      const result = substituted(text, values);
      assert.equal(result.kind === 'substituted' && result.text, expected);
    });
  }

  it('tells what it replaced where, in the text as it was', () => {
    assert.deepEqual(substituted('<{{a}}|{{x:{{b}}}}|{{y}}>', { a: 'one', b: '2' }), {
      kind: 'substituted',
      text: '<one|{{x:2}}|{{y}}>',
      replacements: [
        { start: 1, end: 6, text: 'one' },
        { start: 11, end: 16, text: '2' },
      ],
    });
    assert.deepEqual(substituted('{{!a}}', { a: 'true' }), {
      kind: 'substituted',
      text: 'false',
      replacements: [{ start: 0, end: 6, text: 'false' }],
    });
    const left = { kind: 'substituted', text: '{{!a}}{{?b}}', replacements: [] };
    assert.deepEqual(substituted('{{!a}}{{?b}}', { a: 'true' }), left);
    assert.deepEqual(substituted('{{a}} {{', { a: '1' }), { kind: 'substituted', text: '{{a}} {{', replacements: [] });
  });

  it('names a cycle by the keys on it alone', () => {
    const values = { a: '{{b}}', b: 'x{{c}}', c: '{{b}}', d: '{{d}}' };
    assert.deepEqual(substituted('{{a}}', values), { kind: 'failed', reason: 'cycle', chain: ['b', 'c', 'b'] });
    assert.deepEqual(substituted('{{d}}', values), { kind: 'failed', reason: 'cycle', chain: ['d', 'd'] });
  });

  it('takes a value that is used twice for no cycle', () => {
    const result = substituted('{{a}}', { a: '{{b}}{{c}}', b: '{{c}}', c: '{{d}}', d: '1' });
    assert.equal(result.kind === 'substituted' && result.text, '11');
  });

  it('follows 501 keys that hold placeholders, and no more', () => {
    const longest = substituted('{{k0}}', chainOf(502));
    assert.equal(longest.kind === 'substituted' && longest.text, 'end');
    const tooLong = substituted('{{k0}}', chainOf(503));
    assert.equal(tooLong.kind === 'failed' && tooLong.reason, 'too-large');
    assert.equal(tooLong.kind === 'failed' && tooLong.chain.length, 501);
  });

  it('makes values of up to 8 MiB', () => {
    const half = 'x'.repeat(maxLength / 2);
    const largest = substituted('{{a}}', { a: '{{b}}{{b}}', b: half });
    assert.equal(largest.kind === 'substituted' && largest.text.length, maxLength);
    assert.deepEqual(substituted('{{a}}', { a: '{{b}}{{b}}!', b: half }), {
      kind: 'failed',
      reason: 'too-large',
      chain: ['a'],
    });
  });

  it('makes texts of up to twice that, and stops there', () => {
    const values = { a: 'x'.repeat(maxLength) };
    const largest = substituted('{{a}}{{a}}', values);
    assert.equal(largest.kind === 'substituted' && largest.text.length, 2 * maxLength);
    assert.deepEqual(substituted('{{a}}!{{a}}', values), { kind: 'failed', reason: 'too-large', chain: [] });
  });

  const piece = fc.constantFrom(
    ...['true', 'false', 'x', ' ', '{{', '{{?', '{{!', 'a}}', 'b}}', ':d}}'],
    ...['{{a}}', '{{b}}', '{{!a}}', '{{?a}}', '{{a:d}}', '{{env:E}}', '{{r}}', '{{boolean:a}}', '{{boolean:!b}}'],
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  // Camel refuses values with a brace pair that has no partner; in a text they may find one.
  const value = fc
    .oneof(fc.constantFrom('true', 'false', ''), text)
    .filter((each) => scanPlaceholders(each, true).isWhole);
  const values = fc.dictionary(fc.constantFrom('a', 'b'), value);

  it('leaves the runtime a text that comes to the same, or to nothing', () => {
    const ofRuntime = { properties: new Map([['r', 'false']]), environment: new Map([['E', 'true']]) };
    fc.assert(
      fc.property(text, values, (source, own) => {
        const result = substituted(source, own);
        fc.pre(result.kind === 'substituted');
        const properties = new Map([...ofRuntime.properties, ...Object.entries(own)]);
        const whole = evaluatePlaceholders(source, { ...ofRuntime, properties });
        const left = evaluatePlaceholders(result.text, ofRuntime);
        // An optional placeholder of which nothing is left drops a value that was empty.
        if (left.kind === 'value') assert.equal(left.text ?? '', whole.kind === 'value' ? (whole.text ?? '') : whole);
      }),
      { numRuns: 1000 },
    );
  });
});
