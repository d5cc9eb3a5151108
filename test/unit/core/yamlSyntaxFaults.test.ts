import assert from 'node:assert/strict';
import { YAMLWarning } from 'yaml';
import { readYaml } from '../../../src/core/readYaml';
import type { SourceRange } from '../../../src/core/source';
import { yamlSyntaxFaults } from '../../../src/core/yamlSyntaxFaults';

describe('yamlSyntaxFaults', () => {
  const rest = Array.from({ length: 40 }, (_, index) => `  e${index}:\n    url: https://e${index}\n`).join('');
  const dev = '  dev:\n    url: https://d\n';
  const bracket = 'is not closed: ';
  const cases: readonly (readonly [string, string, string])[] = [
    ['an open bracket', `flows:\n  include: ["a"\nenvironments:\n${rest}`, `1:11 This \`[\` ${bracket}`],
    ['an open brace', `environments:\n  dev: { url: https://d\n${rest}`, `1:7 This \`{\` ${bracket}`],
    ['lines in an open brace', `environments:\n  dev: { url: x\n    name: y\n${rest}`, `1:7 This \`{\` ${bracket}`],
    ['a bracket open in braces', `a: { b: [c }\nenvironments:\n${rest}`, `0:8 This \`[\` ${bracket}`],
    ['a bracket open at the end', 'a: ["b", ["c"]', `0:3 This \`[\` ${bracket}`],
    ['a bracket too many', `a: ["b"]]\nenvironments:\n${rest}`, '0:8 This is not expected here: '],
    ['a brace too many', `a: { b: c }}\nenvironments:\n${rest}`, '0:11 This is not expected here: '],
    [
      'an open double quote',
      `a: "b\nenvironments:\n${rest}`,
      '0:3 The text that begins here has no closing `"`, or a line ',
    ],
    ['an open single quote', `a: 'b\nc: 'd'\n${rest}`, "0:3 The text that begins here has no closing `'`, or a line "],
    ['a text behind quotes', `a: 'it's'\nenvironments:\n${rest}`, '0:7 This is not expected here: '],
    [
      'a line indented too far',
      `environments:\n  dev:\n    url: x\n      name: y\n${rest}`,
      '2:9 A value with a colon ',
    ],
    ['lines indented too little', `environments:\n${dev} test:\n    url: x\n${rest}`, '3:0 This line is indented '],
    ['two colons in a line', `environments:\n  dev:\n    name: a: b\n${rest}`, '2:10 A value with a colon '],
    ['no space behind a colon', `environments:\n  dev:\n    url:x\n    name: y\n${rest}`, '2:4 A `:` with a space '],
    ['a key without a colon', `environments:\n${dev}    name\n${rest}`, '3:4 A `:` is missing behind this key.'],
    ['items indented too little', `flows:\n  include:\n    - a\n   - b\n${rest}`, '3:0 This line is indented '],
    ['a key of an item indented too little', `a:\n  - b: c\n   d: e\n${rest}`, '2:0 This line is indented unlike '],
    ['no comma between braces', `a: { b: "c" d: e }\n`, '0:8 Between braces or brackets a comma '],
    ['dashes in brackets', 'a: [\n  - b\n  - c\n]\n', '1:2 Between braces or brackets a comma '],
    ['a list in the line of its key', 'a: - b\n', '0:3 A list begins in a line of its own'],
    ['a text behind a placeholder in quotes', `a: "b: {{c}}" d\n`, '0:14 This is not expected here: '],
    ['a text that needs quotes', `a: @b\nc: \`d\n`, '0:3 A text that begins with `@` needs quotes around it.'],
    ['a placeholder before a text', `a: {{b}}/c\nd: {{e}}/f\n`, '0:3 A value that begins with `{{` needs quotes '],
    ['a placeholder without its end', `a: {{b}\n${rest}`, '0:3 A value that begins with `{{` needs quotes '],
    ['a line of an item indented by a tab', '- a:\n    b: c\n\td: e\n', '2:1 A tab cannot indent YAML.'],
    ['lines indented by tabs', 'environments:\n\tdev:\n\t\turl: x\n', '1:0 A tab cannot indent YAML.'],
  ];
  for (const [name, text, expected] of cases) {
    it(`tells ${name} once, where it is`, () => {
      const told = readYaml(text, '').faults.map(
        ({ message, range: { start } }) => `${start.line}:${start.column} ${message}`,
      );
      assert.equal(told.length, 1, told.join('\n'));
      assert.ok(told[0]?.startsWith(expected), told[0]);
      assert.match(told[0] ?? '', /[^.]\.$/);
    });
  }

  it('is not mistaken for one by brackets and quotes within texts', () => {
    const text = `a: it's [b\nc: "[{"\nd: '}'\n# " [\ne: @f\n`;
    assert.deepEqual(
      readYaml(text, '').faults.map(({ range: { start } }) => `${start.line}:${start.column}`),
      ['4:3'],
    );
  });

  it('look at a hundred of thousands of warnings', () => {
    const looked = new Set<number>();
    const warnings = Array.from({ length: 10_000 }, (_, index) => {
      const warning = new YAMLWarning([index, index + 1], 'TAG_RESOLVE_FAILED', 'Unresolved tag: !x');
      return Object.defineProperty(warning, 'pos', { get: () => [looked.add(index).size, index + 1] });
    });
    const start = { offset: 0, line: 0, column: 0 };
    const rangeOf = (): SourceRange => ({ start, end: start });
    assert.equal(yamlSyntaxFaults({ errors: [], warnings }, 'x'.repeat(10_001), '', rangeOf).length, 100);
    assert.equal(looked.size, 100);
  });
});
