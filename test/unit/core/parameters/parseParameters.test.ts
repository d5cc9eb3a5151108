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

  const cases: readonly (readonly [string, string, string])[] = [
    ['an empty file', '', '0:0 empty-file'],
    ['a list', '[1]', '0:0 not-an-object'],
    ['a text', '"a"', '0:0 not-an-object'],
    ['a trailing comma', '{\n"a": 1,\n}', '2:0 json-syntax'],
    ['a comment', '{ // a\n}', '0:2 json-syntax'],
    ['a missing comma', '{ "a": 1 "b": 2 }', '0:9 json-syntax'],
    ['a missing brace', '{ "a": 1', '0:8 json-syntax'],
    ['single quotes', "{ 'a': 1 }", '0:2 json-syntax'],
    ['a leading zero', '{ "a": 014 }', '0:7 json-syntax'],
    ['a bare word', '{ "a": yes }', '0:7 json-syntax'],
    ['an open text', '{ "a": "x\n" }', '0:7 json-syntax'],
    ['more behind the end', '{} {}', '0:3 json-syntax'],
    ['binary data', '\0\0', '0:0 json-syntax'],
    ['deep nesting', '['.repeat(100_000), '0:101 json-syntax'],
    ['null', '{ "a": null }', '0:7 wrong-parameter'],
    ['a list of values', '{ "a": [1, {}] }', '0:7 wrong-parameter'],
    ['a key twice', '{ "a": 1, "a": 2 }', '0:10 duplicate-key'],
  ];
  for (const [name, text, expected] of cases) {
    it(`tells ${name}`, () => {
      const { faults } = parseParameterFile(text, file);
      assert.deepEqual(
        faults.map(({ code, range }) => `${range.start.line}:${range.start.column} ${code}`),
        [expected],
      );
    });
  }

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
