import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseParameterFile } from '../../../../src/core/parameters/parseParameters';
import { JsonSyntaxError, readJsonObject } from '../../../../src/core/parameters/readJson';

const file = 'file:///w/params.json';

function texts(text: string): Record<string, string> {
  const { parameters, faults } = parseParameterFile(text, file);
  assert.deepEqual(faults, []);
  return Object.fromEntries(
    [...parameters].map(([key, value]) => [key, value.kind === 'text' ? value.text : value.kind]),
  );
}

describe('parseParameterFile', () => {
  it('reads texts, numbers and booleans, numbers as they are written', () => {
    const text = '{ "a": "x\\n\\u00e9", "b": 1.10, "c": 1e3, "d": -0, "e": true, "f": "", "": "empty" }';
    assert.deepEqual(texts(text), { a: 'x\né', b: '1.10', c: '1e3', d: '-0', e: 'true', f: '', '': 'empty' });
  });

  it('takes tabs, CRLF, a byte order mark and no parameters', () => {
    assert.deepEqual(texts('\uFEFF{\r\n\t"a": 1\r\n}\r\n'), { a: '1' });
    assert.deepEqual(texts('{}'), {});
  });

  it('knows where each stands', () => {
    const { parameters } = parseParameterFile('{\n  "a": "x",\n  "b": 12\n}\n', file);
    const b = parameters.get('b');
    assert.deepEqual(b?.range, { start: { line: 2, column: 2, offset: 16 }, end: { line: 2, column: 9, offset: 23 } });
    assert.equal(b.file, file);
  });

  it('counts a byte order mark in offsets, and not in columns', () => {
    const b = parseParameterFile('\uFEFF{ "b":\n12 }', file).parameters.get('b');
    assert.deepEqual(b?.range, { start: { line: 0, column: 2, offset: 3 }, end: { line: 1, column: 2, offset: 10 } });
  });

  const anObject = 'Parameters are a JSON object, such as `{ "topic": "orders" }`.';
  const notJson = 'This is not valid JSON. ';
  const aValue = `${notJson}A value is expected here: a text in double quotes, a number, true or false.`;
  const aKey = `${notJson}A key in double quotes is expected here.`;
  const aText = `${notJson}A text needs a closing quote and valid escapes.`;
  const deep = `${notJson}This JSON nests deeper than 100 levels.`;
  const wrong = 'wrong-parameter: `a` must be a text, a number, true or false.';
  const cases: readonly (readonly [string, string, string])[] = [
    ['an empty file', '', '0:0 empty-file: This file is empty. Without parameters it is `{}`.'],
    ['a blank file', ' \r\n\t', '0:0 empty-file: This file is empty. Without parameters it is `{}`.'],
    ['a list', '[1]', `0:0 not-an-object: ${anObject}`],
    ['a text', '"a"', `0:0 not-an-object: ${anObject}`],
    ['a trailing comma', '{\n"a": 1,\n}', `2:0 json-syntax: ${aKey}`],
    ['a comment', '{ // a\n}', `0:2 json-syntax: ${aKey}`],
    ['a missing comma', '{ "a": 1 "b": 2 }', `0:9 json-syntax: ${notJson}A comma or \`}\` is expected here.`],
    ['a missing comma in a list', '{ "a": [1 2] }', `0:10 json-syntax: ${notJson}A comma or \`]\` is expected here.`],
    ['a missing brace', '{ "a": 1', `0:8 json-syntax: ${notJson}A comma or \`}\` is expected here.`],
    ['a missing colon', '{ "a" 1 }', `0:6 json-syntax: ${notJson}A colon is expected here.`],
    ['a missing value', '{ "a": }', `0:7 json-syntax: ${aValue}`],
    ['single quotes', "{ 'a': 1 }", `0:2 json-syntax: ${aKey}`],
    ['a leading zero', '{ "a": 014 }', `0:7 json-syntax: ${aValue}`],
    ['a bare word', '{ "a": yes }', `0:7 json-syntax: ${aValue}`],
    ['an open text', '{ "a": "x\n" }', `0:7 json-syntax: ${aText}`],
    ['an escape that JSON does not have', '{ "a": "\\x41" }', `0:7 json-syntax: ${aText}`],
    ['an escape cut short', '{ "a": "\\u00e" }', `0:7 json-syntax: ${aText}`],
    ['more behind the end', '{} {}', `0:3 json-syntax: ${notJson}Nothing may stand behind the closing brace.`],
    ['binary data', '\0\0', `0:0 json-syntax: ${aValue}`],
    ['deep lists', '['.repeat(100_000), `0:101 json-syntax: ${deep}`],
    ['deep objects', '{"a":'.repeat(100_000), `0:505 json-syntax: ${deep}`],
    ['null', '{ "a": null }', `0:7 ${wrong}`],
    ['a list of values', '{ "a": [1, {}] }', `0:7 ${wrong}`],
    ['an object of values', '{ "a": { "b": 1 } }', `0:7 ${wrong}`],
    ['a key twice', '{ "a": 1, "a": 2 }', '0:10 duplicate-key: `a` stands twice in this file: the first one counts.'],
    [
      'a large file',
      `{}${' '.repeat(8 * 1024 * 1024)}`,
      '0:0 file-too-large: This file is larger than 8 MiB and is not read.',
    ],
  ];
  for (const [name, text, expected] of cases) {
    it(`tells ${name}`, () => {
      const { faults } = parseParameterFile(text, file);
      assert.deepEqual(
        faults.map(({ severity, code, message, file: of, range: { start } }) => [
          severity,
          of,
          `${start.line}:${start.column} ${code}: ${message}`,
        ]),
        [['error', file, expected]],
      );
    });
  }

  it('reads what nests a hundred levels deep', () => {
    const text = `{ "a": ${'['.repeat(99)}${']'.repeat(99)}, "b": 1 }`;
    assert.deepEqual([...parseParameterFile(text, file).parameters.keys()], ['b']);
  });

  it('keeps what is whole beside a value that is not', () => {
    assert.deepEqual([...parseParameterFile('{ "a": null, "b": 1 }', file).parameters.keys()], ['b']);
  });
});

describe('readJsonObject', () => {
  function isAccepted(text: string): boolean {
    try {
      readJsonObject(text);
      return true;
    } catch (error) {
      assert.ok(error instanceof JsonSyntaxError);
      return false;
    }
  }

  it('knows the kind, the text and the place of each entry', () => {
    const text = '{"s":"\\u0041", "n": -1.50, "t": true, "z": null, "l": [ 1 ], "o": {"p": 1}}';
    const entries = readJsonObject(text) ?? [];
    assert.deepEqual(
      entries.map((entry) => [entry.key, entry.kind, entry.text, text.slice(entry.keyStart, entry.end)]),
      [
        ['s', 'string', 'A', '"s":"\\u0041"'],
        ['n', 'number', '-1.50', '"n": -1.50'],
        ['t', 'boolean', 'true', '"t": true'],
        ['z', 'null', 'null', '"z": null'],
        ['l', 'array', '[ 1 ]', '"l": [ 1 ]'],
        ['o', 'object', '{"p": 1}', '"o": {"p": 1}'],
      ],
    );
    assert.deepEqual(
      entries.map(({ keyStart, keyEnd, start, end }) => [keyStart, keyEnd, start, end]).at(1),
      [15, 18, 20, 25],
    );
  });

  it('takes what JSON.parse takes, and nothing else', () => {
    const damaged = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, piece]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place + 1);
    });
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged, fc.string()), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        assert.equal(isAccepted(text), isJson, JSON.stringify(text));
      }),
      { numRuns: 3000 },
    );
  });
});
