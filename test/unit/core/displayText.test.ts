import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { displayText, visibleText } from '../../../src/core/displayText';
import { buildCatalogue } from '../../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../../src/core/flows/parseFlow';
import { parseRegistry } from '../../../src/core/registry/parseRegistry';
import { anyCharacters } from '../../support/anyCharacters';

/** What could make a sentence of ours read as another one: controls, line ends, bidi and zero-width characters. */
const deceiving = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const pieces = fc.constantFrom('a', ' ', '\n', '\r', '\t', '\u0085', '\u2028', '\u202e', '\u2066', '\u200f', '\u061c');
const seldom = fc.constantFrom(
  '\u0000',
  '\u001b',
  '\u00ad',
  '\u200b',
  '\ufeff',
  '\u3164',
  '\u{e0041}',
  '\ud83d',
  '😀',
  'é',
);
const anything = fc.oneof(
  anyCharacters,
  fc.array(fc.oneof(pieces, seldom), { maxLength: 250 }).map((parts) => parts.join('')),
);

describe('displayText', () => {
  const cases: readonly (readonly [what: string, text: string, shown: string])[] = [
    ['keeps a name', 'Orders → billing, größte 😀', 'Orders → billing, größte 😀'],
    ['makes one space of line breaks and other gaps', ' a\r\n\n\tb\u0085c\u2028d\u00a0e\u0000f ', 'a b c d e f'],
    ['drops what turns text backwards', 'a\u202eb\u2066c\u2069d\u200fe\u061cf', 'abcdef'],
    ['drops what nobody sees', 'a\u200bb\u00adc\ufeffd\u3164e\u{e0041}f', 'abcdef'],
    ['drops half of a surrogate pair', 'a\ud83db', 'ab'],
    ['cuts a long one', 'x'.repeat(3000), `${'x'.repeat(99)}…`],
    ['leaves one that just fits', 'x'.repeat(100), 'x'.repeat(100)],
    ['cuts between characters', '😀'.repeat(101), `${'😀'.repeat(99)}…`],
    ['leaves no space before the cut', `${'x'.repeat(98)} ${'y'.repeat(9)}`, `${'x'.repeat(98)}…`],
  ];
  for (const [what, text, shown] of cases) {
    it(what, () => {
      assert.equal(displayText(text), shown);
    });
  }

  it('takes the first of several names that leaves anything to see', () => {
    assert.equal(displayText(undefined, ' \n\u202e', 'orders', 'other'), 'orders');
    assert.equal(displayText('\u200b'), '(unnamed)');
  });

  it('gives one visible line of at most 100 characters, and the same of itself', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const shown = displayText(text);
        assert.doesNotMatch(shown, deceiving);
        assert.doesNotMatch(shown, /^\s|\s$|\s\s|^$/);
        assert.ok(Array.from(shown).length <= 100);
        assert.equal(displayText(shown), shown);
      }),
    );
  });

  it('is what every flow and environment is called, whatever the YAML says', () => {
    fc.assert(
      fc.property(anything, anything, (name, id) => {
        const file = 'file:///w/x.camel.yaml';
        const yaml = stringify([{ route: { id, description: name, from: { uri: 'direct:x' } } }]);
        const [flow] = buildCatalogue([{ file, path: `${id}.camel.yaml`, yaml, parsed: parseFlowYaml(yaml, file) }]);
        const environments = { [id]: { name, url: 'https://e.example.com' }, other: { url: 'https://o.example.com' } };
        const { environments: known } = parseRegistry(
          stringify({ version: 1, environments }),
          'file:///w/pipebase.yaml',
        );
        for (const shown of [flow?.displayName ?? '', ...known.map(({ label }) => label)]) {
          assert.doesNotMatch(shown, deceiving);
        }
      }),
    );
  });
});

describe('visibleText', () => {
  it('leaves lines and length alone', () => {
    assert.equal(visibleText(`a\u202e\n${'x'.repeat(200)}`), `a\n${'x'.repeat(200)}`);
  });
});
