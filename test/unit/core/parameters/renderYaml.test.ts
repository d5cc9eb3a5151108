import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Document, isAlias, isMap, isScalar, isSeq, parseDocument, Scalar } from 'yaml';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';
import { renderYaml, YamlTemplate } from '../../../../src/core/parameters/renderYaml';
import { Substituter } from '../../../../src/core/parameters/substitute';
import { anyCharacters } from '../../../support/anyCharacters';
import { realFlows } from '../../../support/realFlows';

function render(text: string, values: Record<string, string>): string {
  const rendered = renderYaml(text, new Map(Object.entries(values)));
  assert.equal(rendered.kind, 'rendered');
  return rendered.text;
}

/** A parsed document as nested lists and texts, in which every scalar is its text and whether it is a text at all. */
function shape(node: unknown, change: (text: string) => string): unknown {
  if (isAlias(node)) return `*${node.source}`;
  if (isScalar(node)) {
    const source = node.source ?? '';
    const changed = change(source);
    return changed === source ? [source, typeof node.value] : [changed, 'string'];
  }
  if (isSeq(node)) return node.items.map((item) => shape(item, change));
  if (isMap(node)) return node.items.map(({ key, value }) => [shape(key, (text) => text), shape(value, change)]);
  return node;
}

function assertInvariant(source: string, values: Record<string, string>): void {
  const substituter = new Substituter(new Map(Object.entries(values)));
  const substitute = (text: string): string => {
    const result = substituter.substitute(text);
    assert.equal(result.kind, 'substituted');
    return result.text;
  };
  const rendered = render(source, values);
  const parsed = parseDocument(rendered);
  const read = { faults: parsed.errors.map(({ message }) => message), shape: shape(parsed.contents, (text) => text) };
  const meant = { faults: [], shape: shape(parseDocument(source).contents, substitute) };
  // The texts are told only where they are wanted: some are megabytes.
  if (!isDeepStrictEqual(read, meant)) assert.deepEqual(read, meant, JSON.stringify({ source, rendered }));
}

const everywhere = `# {{a}} stays
- route: # {{a}}
    id: r-{{a}}
    from:
      uri: "direct:{{a}}?x={{b}}"   # {{a}}
      parameters: { one: '{{a}}', two: "{{b}}", three: [ '{{a}}', 'x{{b}}y' ] }
      steps:
        - log: plain {{a}} and {{b}}
        - log: plain over
            lines {{a}} and
            {{b}} here
        - script: |
            first
              {{a}} deep
            x {{b}}

        - script: >- # folded {{a}}
            words {{a}} words
            {{b}}

            more
        - script: |+
            {{a}}

        - "{{a}}": key
        - text: "over \\
            lines {{a}}

            {{b}}"
        - text: 'it''s {{a}}

            {{b}}'
        - anchor: &x "{{a}}"
        - alias: *x
        - kept: "{{?other}} {{other:{{a}}}} {{env:X}} \\\\{{a\\\\}}"
        - untouched:   "014"
`;

describe('renderYaml', () => {
  const cases: readonly (readonly [string, string, Record<string, string>, string])[] = [
    ['plain', 'a: x{{k}}y # c\n', { k: 'v' }, 'a: xvy # c\n'],
    ['double quotes', 'a: "{{k}}"\n', { k: 'v' }, 'a: "v"\n'],
    ['double quotes with hostile values', 'a: "\\t{{k}}"\n', { k: '"\\\n' }, 'a: "\\t\\"\\\\\\n"\n'],
    ['single quotes', "a: 'it''s {{k}}'\n", { k: "o'clock" }, "a: 'it''s o''clock'\n"],
    ['single quotes with a line break', "a: '{{k}}'\n", { k: 'a\nb' }, 'a: "a\\nb"\n'],
    ['plain that would be a number', 'a: 1{{k}}\n', { k: '014' }, 'a: "1014"\n'],
    ['plain beside one that needs quotes', 'a: 1{{k}}\nb: x{{k}}\n', { k: '4' }, 'a: "14"\nb: x4\n'],
    ['plain that would be a boolean', 'a: tr{{k}}\n', { k: 'ue' }, 'a: "true"\n'],
    ['plain that would be a map', 'a: x{{k}}\n', { k: ': b' }, 'a: "x: b"\n'],
    ['plain that would be a comment', 'a: x{{k}}\n', { k: ' # b' }, 'a: "x # b"\n'],
    ['plain that would end in a colon', 'a: x{{k}}\n', { k: ':' }, 'a: "x:"\n'],
    ['plain that would lose a blank', 'a: x{{k}}\n', { k: ' ' }, 'a: "x "\n'],
    ['quotes where a number comes out', 'a: "{{k}}"\n', { k: '014' }, 'a: "014"\n'],
    ['literal', 'a: |\n  x {{k}}\n  y\nb: 1\n', { k: 'v' }, 'a: |\n  x v\n  y\nb: 1\n'],
    ['literal with a line break', 'a: |\n  x {{k}}\n', { k: '1\n2' }, 'a: |\n  x 1\n  2\n'],
    ['literal with CRLF', 'a: |\r\n  x {{k}}\r\n', { k: '1\n2' }, 'a: |\r\n  x 1\r\n  2\r\n'],
    [
      'literal whose indentation would change',
      'a: | # c\n  {{k}}\n  y\nb: 1\n',
      { k: ' v' },
      'a: " v\\ny\\n" # c\nb: 1\n',
    ],
    ['folded', 'a: >-\n  x\n  {{k}}\nb: 1\n', { k: 'v' }, 'a: >-\n  x\n  v\nb: 1\n'],
    ['folded with a line break', 'a: >-\n  x {{k}}\nb: 1\n', { k: '1\n2' }, 'a: "x 1\\n2"\nb: 1\n'],
    ['flow', '{ a: "{{k}}", b: [x] }\n', { k: '], }' }, '{ a: "], }", b: [x] }\n'],
    ['a control character', "a: '{{k}}'\n", { k: '\u0007\u0085\u2028' }, 'a: "\\u0007\\u0085\\u2028"\n'],
    ['keys', '"{{k}}": {{k}}\n', { k: 'v' }, '"{{k}}": {{k}}\n'],
    ['comments', '# {{k}}\na: 1 # {{k}}\n', { k: 'v' }, '# {{k}}\na: 1 # {{k}}\n'],
    ['a default with an owned key', 'a: "{{k:d}}"\n', { k: 'v' }, 'a: "v"\n'],
    ['an optional owned key', 'a: "{{?k}}"\n', { k: 'v' }, 'a: "v"\n'],
    [
      'what is for the runtime',
      'a: "{{env:k}} {{x:d}} {{?x}} {{x}}"\n',
      { k: 'v' },
      'a: "{{env:k}} {{x:d}} {{?x}} {{x}}"\n',
    ],
    ['an owned key in a default', 'a: "{{x:{{k}}}}"\n', { k: 'v' }, 'a: "{{x:v}}"\n'],
    ['an owned key that makes a key', 'a: "{{{{env}}.host}}"\n', { env: 'dev', 'dev.host': 'h' }, 'a: "h"\n'],
    ['a key that only the runtime knows then', 'a: "{{{{env}}.host}}"\n', { env: 'dev' }, 'a: "{{dev.host}}"\n'],
    ['values that use values', 'a: "{{x}}"\n', { x: '<{{y}}>', y: '{{z}}{{z}}', z: '1' }, 'a: "<11>"\n'],
    ['a negation', 'a: "{{!k}}"\n', { k: 'TRUE' }, 'a: "false"\n'],
    ['a negation of something else', 'a: "{{!k}}"\n', { k: 'x' }, 'a: "x"\n'],
    ['an escape', "a: 'x\\{{k\\}}y{{k}}'\n", { k: 'v' }, "a: 'x\\{{k\\}}yv'\n"],
    ['an escaped backslash', "a: '\\\\{{k}}'\n", { k: 'v' }, "a: '\\v'\n"],
    ['a text that Camel refuses', "a: '{{k}} {{'\n", { k: 'v' }, "a: '{{k}} {{'\n"],
    ['no line break at the end', 'a: "{{k}}"', { k: 'v' }, 'a: "v"'],
    ['a byte order mark', '\uFEFFa: "{{k}}"\n', { k: 'v' }, '\uFEFFa: "v"\n'],
    ['a byte order mark with a fallback', '\uFEFFa: x{{k}}\n', { k: ': ' }, '\uFEFFa: "x: "\n'],
    ['a text with no more than a warning', '%X y\n---\na: "{{k}}"\n', { k: 'v' }, '%X y\n---\na: "v"\n'],
    ['none that no key of ours is in', 'a: x\t{{x}}\nb: "{{k}}"\n', { k: 'v' }, 'a: x\t{{x}}\nb: "v"\n'],
    ['a document that would begin another', '-{{k}}\n', { k: '-- x' }, '"--- x"\n'],
    ['a document that would end', '.{{k}}\n', { k: '..' }, '"..."\n'],
    ['a document that would be broken', '-{{k}}\n', { k: '-- [' }, '"--- ["\n'],
    ['what is no YAML', 'a: "{{k}}', { k: 'v' }, 'a: "{{k}}'],
  ];
  const asItIs: readonly (readonly [string, string])[] = [
    ['broken behind the placeholder', 'a: x{{k}}\nb: [\n'],
    ['broken where the library still makes a document of it', 'a: "{{k}}"\n b: 1\n'],
    ['binary', 'a: "{{k}}"\0\n'],
    ['empty', ''],
    ['only comments', '# {{k}}\n'],
    ['without a key that has a value', "a:  '{{x}}' # c\nb: x\t{{x}}\nc: {{k}}\n"],
  ];
  for (const [name, source] of asItIs) {
    it(`leaves a text as it is that is ${name}`, () => {
      assert.equal(render(source, { k: 'v' }), source);
    });
  }

  for (const [name, source, values, expected] of cases) {
    it(`renders ${name}`, () => {
      assert.equal(render(source, values), expected);
    });
  }

  it('renders one template with different values as each by itself', () => {
    const template = new YamlTemplate(everywhere);
    for (const a of ['x', ': ', '', 'a\nb', 'x']) {
      const values = new Map(Object.entries({ a, b: `<${a}>` }));
      assert.deepEqual(template.render(values), renderYaml(everywhere, values));
    }
  });

  it('names the chain of a cycle', () => {
    const values = new Map([
      ['a', 'x{{b}}'],
      ['b', '{{c}}'],
      ['c', '{{b}}'],
    ]);
    assert.deepEqual(renderYaml('x: "{{a}}"\n', values), { kind: 'failed', reason: 'cycle', chain: ['b', 'c', 'b'] });
    assert.equal(renderYaml('x: "{{other}}"\n', values).kind, 'rendered');
  });

  it('refuses values that grow without end instead of writing them out', () => {
    const values = new Map(
      Array.from({ length: 60 }, (_, index) => [`k${index}`, `{{k${index + 1}}}{{k${index + 1}}}`]),
    );
    values.set('k60', 'xxxxxxxx');
    const rendered = renderYaml('x: "{{k0}}"\n', values);
    assert.equal(rendered.kind === 'failed' && rendered.reason, 'too-large');
    assert.equal(rendered.kind === 'failed' && rendered.chain[0], 'k0');
  });

  it('changes nothing but the scalars that held an owned key', () => {
    const rendered = render(everywhere, { a: 'A', b: 'B' });
    const before = everywhere.split('\n');
    const after = rendered.split('\n');
    assert.equal(after.length, before.length);
    for (const [index, line] of before.entries()) {
      const isComment = line.trimStart().startsWith('#');
      if (!line.includes('{{') || isComment) assert.equal(after[index], line);
    }
    assert.ok(rendered.includes('uri: "direct:A?x=B"   # {{a}}'));
    assert.ok(rendered.includes('- kept: "{{?other}} {{other:A}} {{env:X}} '), rendered);
  });

  it('stays linear in placeholders, in the YAML and in a value', () => {
    const many = '{{b}}'.repeat(131_072);
    assert.equal(render('x: "{{a}}"\n', { a: many, b: 'v' }), `x: "${'v'.repeat(131_072)}"\n`);
    assert.equal(render(`x: "${many}"\n`, { b: 'v' }), `x: "${'v'.repeat(131_072)}"\n`);
  });

  it('refuses a YAML that would be larger than a runtime takes', () => {
    const values = new Map([['a', 'x'.repeat(1024 * 1024)]]);
    const source = (count: number): string => 'x: a {{a}}\n'.replace('{{a}}', '{{a}}'.repeat(count));
    assert.deepEqual(renderYaml(source(8), values), { kind: 'failed', reason: 'too-large', chain: [] });
    assert.equal(render(source(7), { a: values.get('a') ?? '' }).startsWith('x: a xxx'), true);
  });

  /** Each alone in its scalar, and amidst others. */
  const styles = 'a: x{{a}}y\nb: "{{a}}"\nc: \'{{a}}\'\nd: |\n  x\n  {{a}}\ne: >-\n  {{a}}\n  y\n';

  for (const unit of ['x', `'": #\\😀014}}- x\n`]) {
    it(`holds 1 MB of ${JSON.stringify(unit)}`, () => {
      // As it is written between double quotes.
      const size = Buffer.byteLength(JSON.stringify(unit)) - 2;
      assertInvariant(styles, { a: unit.repeat((1024 * 1024) / size) });
    });
  }

  const hostile = fc.oneof(
    fc.constantFrom(
      'orders',
      'eu-west-1',
      'http://localhost:8181/x?a=b&c=%20',
      '10.0.0.1:80',
      '0x1F',
      'a--b',
      '_',
      'n',
    ),
    fc.constantFrom(
      '',
      ' ',
      "'",
      '"',
      ': ',
      ' #',
      '\n',
      'a\nb',
      '\n\n',
      '014',
      '1e3',
      'yes',
      'null',
      '}}',
      '~',
      '- x',
      '\t',
      '\r',
      '\r\n',
    ),
    fc.constantFrom(
      '😀',
      '\\',
      '\\n',
      '{',
      '}',
      '[',
      ',',
      '&a',
      '*a',
      '!t',
      '|',
      '>',
      '%',
      '@',
      '`',
      'x'.repeat(2000),
      '\u0000',
      '\u2028',
      ' a',
      'a ',
    ),
    fc.string(),
    anyCharacters,
  );
  const value = fc.array(hostile, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));

  it('reads as the substituted source, whatever the values', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        assertInvariant(everywhere, { a, b });
      }),
      { numRuns: 200 },
    );
  }).timeout(30_000);

  it('reads as the substituted source, whatever the scalars', () => {
    const piece = fc.constantFrom(
      '{{a}}',
      '{{b}}',
      '{{a:d}}',
      '{{?x}}',
      'x',
      ' ',
      '\n',
      "'",
      '"',
      ': ',
      '#',
      '-',
      '\\',
      '1',
      ',',
      '😀',
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''));
    const style = fc.constantFrom<Scalar.Type>(
      'PLAIN',
      'QUOTE_DOUBLE',
      'QUOTE_SINGLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, style), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        value,
        (scalars, isFlow, a) => {
          const nodes = scalars.map(([source, type]) => {
            const scalar = new Scalar(source);
            scalar.type = type;
            return { k: scalar, other: 1 };
          });
          const document = new Document(nodes);
          if (isFlow && isSeq(document.contents)) document.contents.flow = true;
          const source = document.toString();
          // The library writes a few texts that it cannot read.
          fc.pre(parseDocument(source).errors.length === 0);
          assertInvariant(source, { a, b: '014' });
        },
      ),
      { numRuns: 500 },
    );
  }).timeout(30_000);

  it('reads as the substituted source in real flows, whatever the values', function () {
    const flows = realFlows(this)
      .map(([path, text]) => ({ path, text, keys: parseFlowYaml(text, path).placeholders.map(({ key }) => key) }))
      .filter(({ keys }) => keys.length > 0);
    assert.ok(flows.length > 0);
    fc.assert(
      fc.property(fc.constantFrom(...flows), fc.infiniteStream(value), ({ text, keys }, values) => {
        assertInvariant(text, Object.fromEntries(keys.map((key) => [key, values.next().value as string])));
      }),
      { numRuns: 80 },
    );
  }).timeout(30_000);
});
