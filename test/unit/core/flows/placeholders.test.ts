import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Document, Scalar } from 'yaml';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';
import { flattened, scanPlaceholders } from '../../../../src/core/flows/placeholders';
import type { Placeholder } from '../../../../src/core/flows/types';

function keys(text: string): readonly string[] {
  return flattened(scanPlaceholders(text).outermost).map(({ kind, key }) => `${kind} ${key}`);
}

describe('scanPlaceholders', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['plain {a} ${b} text', []],
    ['{{a}}-{{b}}', ['plain a', 'plain b']],
    ['{{ a }}', ['plain  a ']],
    ['{{k:http://h:80/p}}', ['plain k']],
    ['{{?a}}', ['plain a']],
    ['{{!a}}', ['plain a']],
    ['{{!?a:b}}', ['plain a']],
    ['x{{!a}}', ['plain !a']],
    ['{{env:HOME}}', ['function env:HOME']],
    ['{{?env:HOME}}', ['function env:HOME']],
    ['{{env}}', ['plain env']],
    ['{{service.host:x}}', ['function service.host:x']],
    ['{{service.name:x}}', ['plain service.name']],
    ['{{boolean:flag}}', ['condition flag']],
    ['{{!boolean:!flag}}', ['condition flag']],
    ['{{boolean:?flag:true}}', ['condition flag']],
    ['{{boolean:size > 5}}', ['condition size']],
    ['{{boolean:{{a}}}}', ['dynamic boolean:{{a}}', 'plain a']],
    ['{{boolean:a:{{b}}}}', ['condition a', 'plain b']],
    ['{{boolean}}', ['plain boolean']],
    ['{{unknown:x}}', ['plain unknown']],
    ['{{a.{{env}}}}', ['dynamic a.{{env}}', 'plain env']],
    ['{{a:{{b}}}}', ['plain a', 'plain b']],
    ['{{{{env}}.host:x}}', ['dynamic {{env}}.host:x', 'plain env']],
    ['{{k?nested=false}}', ['plain k']],
    ['{{k?nested=false:x}}', ['plain k']],
    ['\\{{a\\}}', []],
    ['\\\\{{a}}', ['plain a']],
    ["'{{'a'}}'", []],
    ['"{{a}}"', ['plain a']],
    ['{{{a}}}', ['plain a']],
    ['{{a', ['plain a']],
    ['x\\{{a\\}}y{{b}}', ['plain b']],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${text}`, () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('splits key and default at the first colon', () => {
    const [found] = scanPlaceholders('{{k:http://h:80/p}}').outermost;
    assert.deepEqual([found?.key, found?.defaultText], ['k', 'http://h:80/p']);
    assert.equal(scanPlaceholders('{{k:}}').outermost[0]?.defaultText, '');
    assert.equal(scanPlaceholders('{{k}}').outermost[0]?.defaultText, undefined);
  });
});

function placed(yaml: string): readonly (readonly [string, string])[] {
  return parseFlowYaml(yaml, 'f').placeholders.map(({ key, range }: Placeholder) => [
    key,
    yaml.slice(range.start.offset, range.end.offset),
  ]);
}

describe('placeholders in every style of scalar', () => {
  const styles: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    ['plain', '- from: a{{b}}c\n', [['b', '{{b}}']]],
    ['plain over two lines', '- from: a\n    x{{b}}c\n', [['b', '{{b}}']]],
    ['single quotes', "- from: 'it''s {{b}}'\n", [['b', '{{b}}']]],
    ['double quotes with escapes', '- from: "\\t\\u00e9\\U0001F600\\x41 {{b}}"\n', [['b', '{{b}}']]],
    ['double quotes with escaped braces', '- from: "\\x7b{b\\u007d}"\n', [['b', '\\x7b{b\\u007d}']]],
    ['double quotes over lines', '- from: "a \\\n    b\n\n    {{b}}"\n', [['b', '{{b}}']]],
    [
      'literal',
      '- from: |\n    a\n\n      {{b}}\n    {{c}}\n',
      [
        ['b', '{{b}}'],
        ['c', '{{c}}'],
      ],
    ],
    ['literal with a header comment', '- from: |+ # not {{this}}\n    {{b}}\n\n', [['b', '{{b}}']]],
    ['literal with an indicator', '- from: |2\n     {{b}}\n', [['b', '{{b}}']]],
    [
      'folded',
      '- from: >-\n    a\n    {{b}}\n\n    {{c}}\n',
      [
        ['b', '{{b}}'],
        ['c', '{{c}}'],
      ],
    ],
    ['folded inside of a placeholder', '- from: >-\n    {{a:b\n    c}}\n', [['a', '{{a:b\n    c}}']]],
    [
      'flow map',
      '- from: { uri: "a{{b}}", x: "{{c}}" }\n',
      [
        ['b', '{{b}}'],
        ['c', '{{c}}'],
      ],
    ],
    [
      'flow list',
      `- from: ['{{b}}', "c{{d}}"]\n`,
      [
        ['b', '{{b}}'],
        ['d', '{{d}}'],
      ],
    ],
    ['CRLF', '- from: |\r\n    a\r\n    {{b}}\r\n', [['b', '{{b}}']]],
    ['anchor and aliases', '- from: &x "{{b}}"\n- from: *x\n- from: *x\n', [['b', '{{b}}']]],
    ['tag', '- from: !!str "{{b}}"\n', [['b', '{{b}}']]],
    ['comments', '# {{a}}\n- from: "{{b}}" # {{c}}\n', [['b', '{{b}}']]],
  ];
  for (const [style, yaml, expected] of styles) {
    it(`places them in ${style}`, () => {
      assert.deepEqual(placed(yaml), expected);
    });
  }

  it('counts lines and columns from zero', () => {
    const [found] = parseFlowYaml('- from:\n    uri: "é{{b}}"\n', 'f').placeholders;
    assert.deepEqual(found?.range.start, { line: 1, column: 11, offset: 19 });
    assert.deepEqual(found.range.end, { line: 1, column: 16, offset: 24 });
  });

  it('places them whatever text the yaml library wrote, in whatever style', () => {
    const parts = fc.array(
      fc.constantFrom('{{k}}', ' ', '\n', '\t', "'", '"', 'é', '😀', 'a', '\\', '# ', ': ', '\u0085'),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    const style = fc.constantFrom<Scalar.Type>(
      'PLAIN',
      'QUOTE_DOUBLE',
      'QUOTE_SINGLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    );
    fc.assert(
      fc.property(parts, style, (pieces, type) => {
        const text = pieces.join('');
        const scalar = new Scalar(text);
        scalar.type = type;
        const yaml = new Document([{ from: scalar }]).toString();
        const expected = flattened(scanPlaceholders(text).outermost).map(({ expression }) => expression);
        const found = parseFlowYaml(yaml, 'f').placeholders;
        assert.deepEqual(
          found.map(({ expression }) => expression),
          expected,
        );
        for (const { expression, range } of found) {
          const source = yaml.slice(range.start.offset, range.end.offset);
          if (expression === 'k') assert.equal(source, '{{k}}');
        }
      }),
      { numRuns: 1000 },
    );
  });
});
