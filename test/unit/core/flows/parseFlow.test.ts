import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseFlowYaml } from '../../../../src/core/flows/parseFlow';
import { realFlows } from '../../../support/realFlows';

const file = 'file:///w/flows/orders.camel.yaml';
const route = '- route:\n    id: orders\n    from:\n      uri: direct:x\n';

function codes(text: string): readonly string[] {
  return parseFlowYaml(text, file).faults.map(({ severity, code }) => `${severity} ${code}`);
}

/** `line:column code` with both counted from zero. */
function places(text: string): readonly string[] {
  return parseFlowYaml(text, file).faults.map(({ code, range }) => `${range.start.line}:${range.start.column} ${code}`);
}

describe('parseFlowYaml: routes', () => {
  it('finds every kind of root that bears routes', () => {
    const text = [
      '- route: { id: a, description: First, from: { uri: "direct:a" } }',
      '- from: { id: b, uri: "direct:b" }',
      '- rest: { id: c, path: /c }',
      '- routeTemplate: { id: d, from: { uri: "direct:d" } }',
      '- templatedRoute: { routeTemplateRef: d, routeId: e }',
      '- routeConfiguration: { id: f }',
      '- beans: []',
    ].join('\n');
    const parsed = parseFlowYaml(text, file);
    assert.deepEqual(
      parsed.routes.map(({ id, description, range }) => [id, description, range.start.line]),
      [
        ['a', 'First', 0],
        ['b', undefined, 1],
        ['c', undefined, 2],
        ['d', undefined, 3],
        ['e', undefined, 4],
        ['f', undefined, 5],
      ],
    );
    assert.deepEqual(parsed.faults, []);
    assert.equal(parsed.isDeployable, true);
  });

  it('keeps an id as the text it looks like', () => {
    assert.equal(parseFlowYaml('- route: { id: 014, from: { uri: "direct:x" } }', file).routes[0]?.id, '014');
  });

  it('gives the place of the item, with CRLF and behind a byte order mark', () => {
    const parsed = parseFlowYaml(`\uFEFF- beans: []\r\n${route.replaceAll('\n', '\r\n')}`, file);
    assert.deepEqual(parsed.faults, []);
    assert.deepEqual(parsed.routes[0]?.range.start, { line: 1, column: 2, offset: 16 });
  });

  it('takes CR alone for the end of a line, as Camel does', () => {
    const parsed = parseFlowYaml(`- beans: []\r${route.replaceAll('\n', '\r')}`, file);
    assert.deepEqual(parsed.faults, []);
    assert.deepEqual(parsed.runningRoutes, ['orders']);
    assert.deepEqual(parsed.routes[0]?.range.start, { line: 1, column: 2, offset: 14 });
  });

  it('takes tabs where Camel does: in texts, behind plain ones and between braces', () => {
    const text =
      '- from: # a\tb\n    uri: "timer:a\tb"\n    parameters: {\ta:\t1\t}\n    steps:\n      - log: a\tb\t\n      - log: |\n          a\n          \tb\n';
    assert.deepEqual(parseFlowYaml(text, file).faults, []);
  });
});

describe('parseFlowYaml: faults', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['an empty file', '', ['0:0 empty-flow']],
    ['nothing but comments', '# later\n', ['0:0 empty-flow']],
    ['binary data', 'PK\0\u0003', ['0:0 binary-file']],
    ['a map at the root', 'route: {}\n', ['0:0 not-a-list']],
    ['a text at the root', 'hello\n', ['0:0 not-a-list']],
    ['an item with two keys', `- beans: []\n  onException: {}\n${route}`, ['0:2 not-one-key']],
    ['an item that is a text', `${route}- hello\n`, ['4:2 not-one-key']],
    ['no route', '- beans: []\n', ['0:0 no-route']],
    ['an empty route', '- route:\n', ['0:0 no-route', '0:2 empty-item']],
    ['an unknown root', `${route}- rote: {}\n`, ['4:2 unknown-root']],
    ['a key twice', `${route}    id: again\n`, ['4:4 duplicate-key']],
    ['an alias without an anchor', `${route}- beans: *none\n`, ['4:9 unknown-alias']],
    ['an alias inside of its anchor', `${route}- beans: &all [*all]\n`, ['4:15 alias-cycle']],
    ['more aliases than Camel takes', `${route}- beans: [&b {}${', *b'.repeat(51)}]\n`, ['4:217 too-many-aliases']],
    ['more characters than Camel takes', `${route}#${'x'.repeat(3 * 1024 * 1024)}`, ['0:0 flow-too-large']],
    ['an exception clause behind a route', `${route}- onException: {}\n`, ['4:2 behind-a-route']],
    ['a route that is a text', '- route: hello\n', ['0:0 no-route', '0:9 not-a-map']],
    ['a route without content', '- route: {}\n', ['0:0 no-route', '0:2 empty-item']],
    ['an item whose key is a map', `${route}- ? [a]\n  : b\n`, ['4:4 complex-key']],
    ['a map for a key', `${route}- beans: { ? [a] : b }\n`, ['4:13 complex-key']],
    ['a control character', `${route}# \u0007\n`, ['0:0 control-character']],
    ['half of a character', `${route}# \ud83d\n`, ['0:0 control-character']],
    ['a tab behind a colon', '- from:\tdirect:a\n', ['0:7 tab']],
    ['a tab on an empty line', `${route}\t\n`, ['4:0 tab']],
    ['a tab behind quotes', '- from: "direct:a"\t# c\n', ['0:18 tab']],
    ['a bare placeholder', '- from:\n    uri: {{x}}\n', ['1:9 unquoted-placeholder']],
    ['a placeholder in a key', `${route}- beans: { "{{a}}": 1 }\n`, ['4:11 placeholder-in-key']],
    ['spaces in a placeholder', '- from:\n    uri: "a{{ b }}"\n', ['1:11 spaces-in-placeholder']],
    ['half an escape', "- from:\n    uri: 'a\\{{b}}'\n", ['1:15 half-escaped-placeholder']],
    ['a `}}` too many', "- from:\n    uri: 'a{{b}}}}'\n", ['1:16 unbalanced-placeholder']],
    ['a `{{` too many', "- from:\n    uri: '{{a{{b}}'\n", ['1:10 unbalanced-placeholder']],
    ['a `{{` alone', "- from:\n    uri: 'x{{a'\n", ['1:11 unclosed-placeholder']],
    ['a negation in mid text', "- from:\n    uri: 'x{{!a}}'\n", ['1:11 misplaced-negation']],
    ['a negation before more text', "- from:\n    uri: '{{!a}}x'\n", ['1:10 misplaced-negation']],
  ];
  for (const [name, text, expected] of cases) {
    it(`tells ${name}`, () => {
      assert.deepEqual(places(text), expected);
    });
  }

  it('warns of traps and unknown roots, and deploys none the less', () => {
    const parsed = parseFlowYaml('- from:\n    uri: "a{{ b }}"\n- rote: {}\n', file);
    assert.deepEqual(
      parsed.faults.map(({ severity }) => severity),
      ['warning', 'warning'],
    );
    assert.match(parsed.faults[1]?.message ?? '', /Did you mean `route`\?/);
    assert.equal(parsed.isDeployable, true);
  });

  it('names the camel-case form of a kebab-case root', () => {
    assert.match(parseFlowYaml(`- on-exception: {}\n${route}`, file).faults[0]?.message ?? '', /`onException`/);
  });

  it('tells syntax faults in words of its own, and none that only follow from them', () => {
    const tab = parseFlowYaml('- route:\n\tfrom: x\n', file);
    assert.equal(tab.isDeployable, false);
    assert.equal(tab.faults[0]?.range.start.line, 1);
    assert.match(tab.faults[0].message, /A tab cannot indent YAML/);
    assert.ok(tab.faults.every(({ code }) => code === 'yaml-syntax'));
  });

  for (const value of ['{{x}}', '{{x}}/y', '{{x}}{{y}}', '{{!x}}', '{{x}', '{{x:direct:y}}']) {
    it(`asks for quotes around ${value} in one sentence`, () => {
      const { faults, isDeployable } = parseFlowYaml(`- from:\n    uri: ${value}\n    id: z\n    id: z\n`, file);
      const told = faults.filter(({ code }) => code !== 'duplicate-key');
      assert.equal(isDeployable, false);
      assert.deepEqual(
        told.map(({ range: { start } }) => `${start.line}:${start.column}`),
        ['1:9'],
      );
      assert.match(told[0]?.message ?? '', /quotes/);
    });
  }

  it('tells nothing of what a damaged text was taken for', () => {
    assert.deepEqual(places('- from: "a{{ b }}"\n  x: 1\n  x: 1\n  y: @z\n'), ['3:5 yaml-syntax']);
  });

  it('refuses several documents at the second one', () => {
    assert.deepEqual(places(`${route}---\n${route}`), ['4:0 yaml-syntax']);
  });

  it('accepts a document marker at the start', () => {
    assert.deepEqual(codes(`---\n${route}`), []);
  });
});

describe('parseFlowYaml: reserved paths', () => {
  const claims: readonly string[] = [
    '- from: { uri: "platform-http:/_api/flows" }',
    '- from: { uri: "platform-http:_api" }',
    '- from: { uri: "platform-http://_api?x=1" }',
    '- from: { uri: "platform-http:/%5Fapi" }',
    '- from: { uri: "platform-http:/x/../_api" }',
    '- route: { from: { uri: platform-http, parameters: { path: /_api/x } } }',
    '- route: { from: "platform-http:/_api" }',
    '- routeTemplate: { id: a, from: { uri: "platform-http:/_api" } }',
    '- from: { uri: "rest:get:_api/x" }',
    '- rest: { path: /_api }',
    '- rest: { get: [{ path: /_api/x }] }',
    '- rest: { path: /, post: [{ path: _api }] }',
    '- rest: { path: &p /_api }',
    '- restConfiguration: { contextPath: /_api }\n- rest: { path: /x }',
    '- from: { uri: &u "platform-http:/_api" }\n- from: { uri: *u }',
  ];
  for (const text of claims) {
    it(`refuses ${text}`, () => {
      assert.ok(codes(text).includes('error reserved-path'), text);
    });
  }
  const innocent: readonly string[] = [
    '- from: { uri: "platform-http:/_apis" }',
    '- from: { uri: "platform-http:/x/_api" }',
    '- from: { uri: "platform-http:{{path}}" }',
    '- from: { uri: "direct:/_api" }',
    '- rest: { path: /x, get: [{ path: /_api }] }',
    '- route: { from: { uri: "direct:x", steps: [{ to: { uri: "http:host/_api" } }] } }',
  ];
  for (const text of innocent) {
    it(`lets ${text} be`, () => {
      assert.deepEqual(codes(text), []);
    });
  }
});

describe('parseFlowYaml: hostile texts', () => {
  it('refuses more than 8 MiB without parsing it', () => {
    // What a parser would complain about stands in its first line.
    assert.deepEqual(codes(`- [\n${'- "ä"\n'.repeat(1_250_000)}`), ['error file-too-large']);
    assert.deepEqual(codes('- [\n'), ['error yaml-syntax']);
  });

  for (const [name, unit] of [
    ['lists', '- '],
    ['flow lists', '['],
    ['flow maps', '{a: '],
    ['explicit keys', '? '],
  ] as const) {
    it(`refuses deeply nested ${name}`, () => {
      assert.deepEqual(codes(unit.repeat(100_000)), ['error too-deep']);
    });
  }

  it('still reads what nests as deep as it may', () => {
    assert.ok(!codes(`${'['.repeat(190)}${']'.repeat(190)}`).includes('error too-deep'));
  });

  it('counts what aliases stand for instead of writing it out', () => {
    const level = (index: number): string =>
      `- &a${index} [${Array(9)
        .fill(`*a${index - 1}`)
        .join(',')}]`;
    const bomb = ['- &a0 [x]', ...Array.from({ length: 20 }, (_, index) => level(index + 1))].join('\n');
    assert.ok(codes(bomb).includes('error too-many-aliases'));
  });

  it('stays linear in keys, placeholders and braces', () => {
    const keys = `- beans:\n${Array.from({ length: 25_000 }, (_, index) => `    k${index}: v`).join('\n')}`;
    assert.ok(!codes(keys).includes('error duplicate-key'));
    assert.ok(codes(`- from: "${'{{a}}'.repeat(50_000)}"`).includes('error too-many-placeholders'));
    assert.ok(codes(`- from: "${'{{'.repeat(100_000)}${'}}'.repeat(100_000)}"`).includes('warning deep-placeholder'));
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '- ',
      'route: ',
      '\n',
      '  ',
      '"',
      "'",
      '{{',
      '}}',
      '\\',
      '|\n',
      '>',
      '&a ',
      '*a',
      '\t',
      ':',
      '#',
      '\\x',
      'é',
    );
    const text = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (yaml) => {
        const parsed = parseFlowYaml(yaml, file);
        for (const { range } of parsed.faults) assert.ok(range.start.offset <= range.end.offset);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseFlowYaml: flows from the Camel project', () => {
  it('finds no error in any, and places every placeholder exactly', function () {
    const flows = realFlows(this);
    assert.ok(flows.length > 0);
    for (const [path, text] of flows) {
      const parsed = parseFlowYaml(text, path);
      assert.deepEqual(parsed.faults, [], path);
      for (const { expression, range } of parsed.placeholders) {
        assert.equal(text.slice(range.start.offset, range.end.offset), `{{${expression}}}`, path);
      }
    }
  });
});
