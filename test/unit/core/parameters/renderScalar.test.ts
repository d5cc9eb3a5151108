import assert from 'node:assert/strict';
import { renderYaml } from '../../../../src/core/parameters/renderYaml';

/** Source, value of `k`, and what is written. `j` is `two`. */
type Row = readonly [name: string, source: string, value: string, expected: string];

/** Each scalar is rendered in front of a plain one, which shows that nothing but the scalar itself is quoted. */
function assertRendered(source: string, k: string, expected: string): void {
  const rendered = renderYaml(
    `${source}near: x{{near}} y\n`,
    new Map([
      ['k', k],
      ['j', 'two'],
      ['near', 'by'],
    ]),
  );
  assert.deepEqual(rendered, { kind: 'rendered', text: `${expected}near: xby y\n` });
}

function itRenders(rows: readonly Row[]): void {
  for (const [name, source, value, expected] of rows) {
    it(name, () => {
      assertRendered(source, value, expected);
    });
  }
}

describe('a plain scalar', () => {
  describe('stays plain', () => {
    itRenders([
      ['with a word', 'a: x{{k}} # c\n', 'v', 'a: xv # c\n'],
      ['with several words', 'a: x{{k}}\n', ' v w', 'a: x v w\n'],
      ['with no value at all', 'a: x{{k}}\n', '', 'a: x\n'],
      ['with a colon that a letter follows', 'a: http{{k}}/x\n', '://h:80', 'a: http://h:80/x\n'],
      ['with a hash that a letter precedes', 'a: x{{k}}\n', '#y', 'a: x#y\n'],
      ['with quotes and a backslash', 'a: x{{k}}\n', `"'\\`, `a: x"'\\\n`],
      ['with brackets, outside of a flow collection', 'a: x{{k}}\n', '], }, [', 'a: x], }, [\n'],
      ['with a dash before a blank, in the middle', 'a: x{{k}}\n', ' - y ? z', 'a: x - y ? z\n'],
      ['with a dash at the start that a letter follows', 'a: -{{k}}\n', 'x', 'a: -x\n'],
      ['with the mark of a document, which no value of a map is', 'a: -{{k}}\n', '-- x', 'a: --- x\n'],
      ['over two lines, with words', 'a: x\n  {{k}}\n', 'v w', 'a: x\n  v w\n'],
      ['over two lines that end in CRLF', 'a: x {{j}}\r\n  {{k}}\r\n', '-', 'a: x two\r\n  -\r\n'],
    ]);
  });

  describe('gets double quotes', () => {
    itRenders([
      ['where it would become a map', 'a: x{{k}} # c\n', ': y', 'a: "x: y" # c\n'],
      ['with a blank for a tab behind it', 'a: x{{k}} \t# c\n', ' #', 'a: "x #"  # c\n'],
      ['with a blank for a tab at the end of its line', 'a: x{{k}}\t\n', ' #', 'a: "x #" \n'],
      ['where it would become a map by a tab', 'a: x{{k}}\n', ':\ty', 'a: "x:\\ty"\n'],
      ['where it would become a key', 'a: x{{k}}\n', ':', 'a: "x:"\n'],
      ['where it would become a comment', 'a: x{{k}}\n', ' #y', 'a: "x #y"\n'],
      ['where it would become a list', 'a: -{{k}}\n', ' x', 'a: "- x"\n'],
      ['where it would become an empty list', 'a: -{{k}}\n', '', 'a: "-"\n'],
      ['where it would become a complex key', 'a: ?{{k}}\n', ' x', 'a: "? x"\n'],
      ['where it would become an empty complex key', 'a: ?{{k}}\n', '', 'a: "?"\n'],
      ['where a blank at its end would be lost', 'a: x{{k}}\n', ' ', 'a: "x "\n'],
      ['for a tab, which not every reader takes', 'a: x{{k}}y\n', '\t', 'a: "x\\ty"\n'],
      ['for a line break', 'a: x{{k}}y\n', '\n', 'a: "x\\ny"\n'],
      ['for a carriage return', 'a: x{{k}}y\n', '\r', 'a: "x\\ry"\n'],
      ['for a line break in one of two values', 'a: x{{j}}{{k}}y\n', '\n', 'a: "xtwo\\ny"\n'],
      ['for a control character in one of two values', 'a: x{{j}}{{k}}y\n', '\u0007', 'a: "xtwo\\u0007y"\n'],
      ['for a next line character', 'a: x{{k}}y\n', '\u0085', 'a: "x\\u0085y"\n'],
      ['for a line separator', 'a: x{{k}}y\n', '\u2028', 'a: "x\\u2028y"\n'],
      ['for a byte order mark', 'a: x{{k}}y\n', '\uFEFF', 'a: "x\\ufeffy"\n'],
      ['for half a surrogate pair', 'a: x{{k}}y\n', '\uD83D', 'a: "x\\ud83dy"\n'],
      ['over two lines, where a value is empty', 'a: x\n  {{k}} y\n', '', 'a: "x  y"\n'],
      ['over two lines, where a value begins with a blank', 'a: x\n  {{j}} y{{k}}\n', ' v', 'a: "x two y v"\n'],
      ['over two lines, where a value ends with a blank', 'a: x\n  {{k}}y\n', 'v ', 'a: "x v y"\n'],
      ['over two lines, where a value would be a comment', 'a: x\n  {{k}}\n', '#v', 'a: "x #v"\n'],
      ['over two lines, where it would become a map', 'a: x {{k}}\n  y\n', ': v', 'a: "x : v y"\n'],
    ]);
  });

  // The first character stands in the source, the rest is the value.
  const otherTypes = [
    '~',
    ...['null', 'Null', 'NULL', 'true', 'True', 'false', 'FALSE', 'yes', 'no', 'on', 'Off', 'y', 'N', '<<', '='],
    ...['0', '7', '42', '-1', '+1', '014', '1_000', '0b101', '0o17', '0x1F', '-0xff', '1:30', '1:30:00.5'],
    ...['1.5', '-1.5', '.5', '-.5', '1.', '1e3', '1E3', '1.5e-3', '.5e+3', '.inf', '-.INF', '.nan', '.NaN'],
    ...['2026-01-31', '2026-1-1', '2026-01-31T10:00:00Z', '2026-01-31 10:00:00'],
  ];
  for (const text of otherTypes) {
    it(`gets double quotes where it would be something else than a text: ${text}`, () => {
      assertRendered(`a: ${text[0] ?? ''}{{k}}\n`, text.slice(1), `a: "${text}"\n`);
    });
  }

  const likeOtherTypes = [
    ...[
      'nullable',
      'x~',
      'truex',
      'untrue',
      'yes!',
      'a=',
      '<<x',
      '1x',
      'x1',
      '0xfg',
      '0b',
      '-0x',
      '1e',
      '1e3x',
      'e5',
      '1.5.5',
    ],
    ...['10.0.0.1', '1-2', '1,000', '+x', '-x1', '.', '.info', 'a.inf', '.nano', '10s', ':80', '1 2'],
    ...['2026-01', '2026-01-31-orders', '12026-01-31', '2026-01-311'],
  ];
  for (const text of likeOtherTypes) {
    it(`stays plain where it only looks like something else: ${text}`, () => {
      assertRendered(`a: ${text[0] ?? ''}{{k}}\n`, text.slice(1), `a: ${text}\n`);
    });
  }

  it('takes no longer for a long value than for others', () => {
    const digits = '1'.repeat(200_000);
    assertRendered('a: 1{{k}}\n', `${digits}x`, `a: 1${digits}x\n`);
  });
});

describe('a scalar in single quotes', () => {
  itRenders([
    ['doubles quotes', `a: 'it''s {{k}}'\n`, `o'clock 'x'`, `a: 'it''s o''clock ''x'''\n`],
    ['keeps blanks, colons, hashes and backslashes', `a: '{{k}}'\n`, ' : # \\ " ', `a: ' : # \\ " '\n`],
    ['keeps a tab', `a: 'x{{k}}'\n`, '\t', `a: 'x\t'\n`],
    ['keeps what would be a number', `a: '{{k}}'\n`, '014', `a: '014'\n`],
    ['keeps an empty value', `a: '{{k}}' # c\n`, '', `a: '' # c\n`],
    ['gets double quotes for a line break', `a: '{{k}}' # c\n`, 'x\ny', `a: "x\\ny" # c\n`],
    ['gets double quotes for a line break in one of two values', `a: '{{j}}{{k}}'\n`, '\n', `a: "two\\n"\n`],
    ['gets double quotes for a control character', `a: 'it''s {{k}}'\n`, '\u001b', `a: "it's \\u001b"\n`],
    ['stays over two lines', `a: 'x\n  {{k}} y'\n`, `it's`, `a: 'x\n  it''s y'\n`],
    ['gets double quotes over two lines for a blank at the end', `a: 'x {{k}}\n\n  y'\n`, 'v ', `a: "x v \\ny"\n`],
    ['gets double quotes over two lines for an empty value', `a: 'x\n  {{k}}'\n`, '', `a: "x "\n`],
  ]);
});

describe('a scalar in double quotes', () => {
  itRenders([
    [
      'escapes what JSON escapes',
      'a: "{{k}}" # c\n',
      '"\\/\n\r\t\b\f\u0001',
      'a: "\\"\\\\/\\n\\r\\t\\b\\f\\u0001" # c\n',
    ],
    [
      'escapes what YAML wants escaped beyond',
      'a: "{{k}}"\n',
      '\u007f\u009f\u2029\ufffe\uffff',
      'a: "\\u007f\\u009f\\u2029\\ufffe\\uffff"\n',
    ],
    ['leaves other characters as they are', 'a: "{{k}}"\n', 'é😀\u00a0\ufffd', 'a: "é😀\u00a0\ufffd"\n'],
    ['keeps the escapes of the source', 'a: "\\x41\\u00e9\\t{{k}}\\/"\n', 'v', 'a: "\\x41\\u00e9\\tv\\/"\n'],
    ['keeps blanks', 'a: "{{k}}"\n', '  ', 'a: "  "\n'],
    ['stays over two lines', 'a: "x \\\n  {{k}}\n  y"\n', 'v "w', 'a: "x \\\n  v \\"w\n  y"\n'],
    ['stays over two lines with one unit', 'a: "x\n  {{k}}"\n', 'v', 'a: "x\n  v"\n'],
    ['stays over two lines with a line break inside of a value', 'a: "x\n  {{k}}"\n', 'v\nw', 'a: "x\n  v\\nw"\n'],
    ['comes on one line where a value begins with a blank', 'a: "\\x41\n  {{j}}{{k}}"\n', ' v', 'a: "A two v"\n'],
    ['comes on one line where a value ends with a blank', 'a: "\\x41 {{k}}\n  y"\n', 'v\t', 'a: "A v\\t y"\n'],
    ['comes on one line where a value is empty', 'a: "x\n  {{k}}\n  y"\n', '', 'a: "x  y"\n'],
  ]);
});

describe('a scalar in a flow collection', () => {
  itRenders([
    [
      'stays in its quotes',
      `a: { b: "{{k}}", c: [ '{{k}}' ], d: 1 }\n`,
      `], "}'`,
      `a: { b: "], \\"}'", c: [ '], "}''' ], d: 1 }\n`,
    ],
    ['gets double quotes alone', `a: [ '{{k}}', '{{j}}' ]\n`, '\n', `a: [ "\\n", 'two' ]\n`],
  ]);
});

describe('a literal block', () => {
  itRenders([
    ['takes a value as it is', 'a: |\n  x {{k}}\n   y\n', ` "'\\: # `, `a: |\n  x  "'\\: # \n   y\n`],
    ['keeps its chomping, comment and blank lines', 'a: |+ # {{k}}\n  {{k}}\n\n', 'v', 'a: |+ # {{k}}\n  v\n\n'],
    ['keeps its indentation indicator', 'a: |2-\n   {{j}} {{k}}\n', 'v', 'a: |2-\n   two v\n'],
    [
      'indents the lines of a value',
      'a: |-\n    x {{k}}\n      y\n',
      '1\n\n  2',
      'a: |-\n    x 1\n    \n      2\n      y\n',
    ],
    ['indents a value on a deeper line as the block', 'a: |\n  x\n    {{k}}\n', '1\n2', 'a: |\n  x\n    1\n  2\n'],
    ['indents behind a blank line', 'a: |\n\n  {{k}}\n', '1\n2', 'a: |\n\n  1\n  2\n'],
    ['indents a line that begins with a tab', 'a: |\n  \t{{k}}\n    y\n', '1\n2', 'a: |\n  \t1\n  2\n    y\n'],
    ['indents with CRLF', 'a: |\r\n  x {{k}}\r\n\r\n  y\r\n', '1\n2', 'a: |\r\n  x 1\r\n  2\r\n\r\n  y\r\n'],
    ['takes an empty value in the middle of a line', 'a: |\n  x{{k}}y\n', '', 'a: |\n  xy\n'],
    ['takes a blank in the middle of a line', 'a: |\n  {{j}}{{k}}x\n', ' ', 'a: |\n  two x\n'],
    ['is quoted where its indentation would change', 'a: |\n  {{k}}\n  y\n', ' v', 'a: " v\\ny\\n"\n'],
    [
      'is quoted where one value of two begins a line with a blank',
      'a: |\n  {{j}}\n  {{k}}\n',
      ' v',
      'a: "two\\n v\\n"\n',
    ],
    [
      'is quoted where a deeper line would begin with another blank',
      'a: |\n  x\n    {{k}}\n',
      '\tv',
      'a: "x\\n  \\tv\\n"\n',
    ],
    ['is quoted where a line would be left empty', 'a: |-\n  x\n  {{k}}\n', '', 'a: "x\\n"\n'],
    ['is quoted where a value ends in a line break', 'a: |\n  {{j}} {{k}}\n', '1\n', 'a: "two 1\\n\\n"\n'],
    ['is quoted for several lines under an indentation indicator', 'a: |2-\n   x {{k}}\n', '1\n2', 'a: " x 1\\n2"\n'],
    ['is quoted under an indicator behind the chomping', 'a: |-2\n   x {{k}}\n', '1\n2', 'a: " x 1\\n2"\n'],
    ['is quoted under an indicator alone', 'a: |2\n   x {{k}}\n', '1\n2', 'a: " x 1\\n2\\n"\n'],
    ['is quoted for a control character', 'a: |\n  x {{k}}\n', '\u0000', 'a: "x \\u0000\\n"\n'],
    ['is quoted for a carriage return', 'a: |\n  x {{k}}y\n', '\r\n', 'a: "x \\r\\ny\\n"\n'],
    ['is not taken for an indented one by what it holds', 'a: |\n  |2 {{k}}\n', '1\n2', 'a: |\n  |2 1\n  2\n'],
  ]);
});

describe('a folded block', () => {
  itRenders([
    [
      'takes a value as it is',
      'a: >-\n  x {{k}}\n  {{j}}\n\n  y\n',
      ` "'\\: # v`,
      `a: >-\n  x  "'\\: # v\n  two\n\n  y\n`,
    ],
    ['keeps its indentation indicator and comment', 'a: >2+ # c\n   x {{k}}\n\n', 'v', 'a: >2+ # c\n   x v\n\n'],
    ['takes an empty value in the middle of a line', 'a: >\n  x{{k}}y\n', '', 'a: >\n  xy\n'],
    ['takes a value on a deeper line', 'a: >\n  x\n    {{k}}\n', 'v', 'a: >\n  x\n    v\n'],
    ['is quoted for a line break', 'a: > # c\n  {{j}} {{k}}\n', '1\n2', 'a: "two 1\\n2\\n" # c\n'],
    ['is quoted for a control character', 'a: >-\n  x {{k}}\n', '\u0085', 'a: "x \\u0085"\n'],
    ['is quoted where its first line would begin with a blank', 'a: >-\n  {{k}}\n  y\n', ' v', 'a: " v y"\n'],
    ['is quoted where another line would begin with a blank', 'a: >-\n  x\n  {{k}}\n', ' v', 'a: "x  v"\n'],
    ['is quoted where a line would be left empty', 'a: >-\n  x\n    {{k}}\n  y\n', '', 'a: "x\\n  \\ny"\n'],
  ]);
});

describe('a block that is quoted', () => {
  itRenders([
    ['keeps its comment', 'a: |- # c {{k}}  \n  {{k}}\n', ' v', 'a: " v" # c {{k}}  \n'],
    ['keeps a comment behind many blanks', 'a: >2-\t  # c\n  {{k}}\n', ' v', 'a: " v"\t  # c\n'],
    ['keeps the blank lines behind it', 'a: |+\n  {{k}}\n\n  \n', ' v', 'a: " v\\n\\n\\n"\n\n  \n'],
    ['has no tab in blank lines behind it', 'a: |\n  {{k}}\n  \t\n', ' v', 'a: " v\\n\\t\\n"\n   \n'],
    ['keeps blank lines that end in CRLF', 'a: |\r\n  {{k}}\r\n\r\n', ' v', 'a: " v\\n"\r\n\r\n'],
    ['keeps its anchor and tag', 'a: &x !!str |\n  {{k}}\n', ' v', 'a: &x !!str " v\\n"\n'],
  ]);

  it('keeps the end of a file that ends without a line break', () => {
    const rendered = renderYaml('b: x{{k}}\na: |\n  {{k}}', new Map([['k', ' v']]));
    const blank = renderYaml('a: |+\n  {{k}}\n  ', new Map([['k', ' v']]));
    assert.deepEqual(blank, { kind: 'rendered', text: 'a: " v\\n"\n  ' });
    const before = renderYaml('a: |\n  {{k}}\nb: x', new Map([['k', ' v']]));
    assert.deepEqual(before, { kind: 'rendered', text: 'a: " v\\n"\nb: x' });
    const lines = renderYaml('a: |\n  {{k}}\n  y', new Map([['k', ' v']]));
    assert.deepEqual(lines, { kind: 'rendered', text: 'a: " v\\ny"' });
    // Camel reads no line break where none stands
    assert.deepEqual(rendered, { kind: 'rendered', text: 'b: x v\na: " v"' });
  });
});
