import fc from 'fast-check';
import { vectors } from './placeholderVectors';

/** The vectors' properties, and values that are hard to put into a text. */
export const generatedProperties: ReadonlyMap<string, string> = new Map([
  ...Object.entries(vectors.context.props),
  ['quote', "it's"],
  ['quotes', '"'],
  ['apostrophe', "'"],
  ['slash', '\\'],
  ['slashes', 'x\\\\'],
  ['opening', '{{'],
  ['closing', '}}'],
  ['brace', '{'],
  ['escaped', '\\{{a\\}}'],
  ['nestedDefault', '{{nope:{{a}}}}'],
  ['optional', '{{?nope}}'],
  ['optionalInside', '[{{?nope}}]'],
  ['name', 'a'],
  ['question', '?nested=false'],
  ['colon', 'k:v'],
  ['negated', '!on'],
  ['function', 'env:HOME_DIR'],
  ['lines', 'one\ntwo'],
  ['unicode', 'grüße 🐪'],
  [' ', 'nobody finds it'],
]);

const key = fc.constantFrom(
  ...generatedProperties.keys(),
  'nope',
  'alsono',
  'db-url',
  'a.b',
  's.k',
  'A_B',
  'homeDir',
  'dbUrl',
  'DBUrl',
  ' a',
  'a ',
  ' ',
);
const call = fc.constantFrom(
  'env:HOME_DIR',
  'env:NOPE',
  'env:db-url',
  'env:dbUrl',
  'env:?NOPE',
  'env:?HOME_DIR',
  'sys:s.k',
  'sys:no',
  'bean:foo.bar',
  'boolean:on',
  'boolean:!off',
  'boolean:txt',
  'boolean:empty',
  'boolean:nope',
  'boolean:?nope',
  'boolean:loop1',
  'boolean:on ',
  'boolean:!off:x',
  'boolean:nope:false',
  'boolean:!nope:true',
);
/** Only these take any default; to a bean it would be a part of the method's name, and in a condition Simple reads it. */
const callWithDefault = fc.constantFrom(
  'env:HOME_DIR',
  'env:NOPE',
  'env:?NOPE',
  'sys:s.k',
  'sys:no',
  'service:no',
  'service.host:no',
  'service.port:no',
  'service.name:no',
);
const unknownFunction = fc.constantFrom('unknownfn:x', 'service.name:x', 'unknownfn:', 'aws:x', 'secret:x');
const plainText = fc.constantFrom(
  '',
  'x',
  'http://h:80/p',
  ' ',
  '\\',
  '\\\\',
  "'",
  '"',
  '{',
  '}',
  '${a}',
  '{id}',
  '?x=1',
  'true',
  'ü🐪',
);
const escaped = fc.constantFrom('\\{{a\\}}', '\\{{', '\\}}', '\\\\{{a}}', "'{{'", "'}}'", '"{{"', '"}}"');
const mark = fc.constantFrom('?nested=true', '?nested=false');

/** Texts as people write them, nested at will. */
const written = fc.letrec<{ text: string; expression: string; placeholder: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: key },
    { weight: 2, arbitrary: call },
    { weight: 1, arbitrary: unknownFunction },
    {
      weight: 3,
      arbitrary: fc.tuple(key, fc.oneof(plainText, tie('text'))).map(([name, other]) => `${name}:${other}`),
    },
    { weight: 1, arbitrary: fc.tuple(callWithDefault, plainText).map(([name, other]) => `${name}:${other}`) },
    { weight: 2, arbitrary: tie('text') },
    { weight: 1, arbitrary: fc.tuple(key, mark).map((parts) => parts.join('')) },
  ),
  placeholder: fc
    .tuple(fc.constantFrom('', '', '', '', '?', '!', '!?'), tie('expression'))
    .map(([flags, expression]) => `{{${flags}${expression}}}`),
  text: fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: tie('placeholder') },
        { weight: 3, arbitrary: plainText },
        { weight: 1, arbitrary: escaped },
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((parts) => parts.join('')),
})).text;

/** Texts that nobody means: the tokens in any order. */
const soup = fc
  .array(
    fc.constantFrom(
      '{{',
      '{{',
      '}}',
      '}}',
      '{',
      '}',
      '\\',
      "'",
      '"',
      '?',
      '!',
      ':',
      'a',
      'b',
      'nope',
      'env:',
      'HOME_DIR',
      ' ',
      '?nested=false',
      'on',
    ),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((parts) => parts.join(''));

const texts = fc
  .oneof({ weight: 3, arbitrary: written }, { weight: 1, arbitrary: soup })
  .filter((text) => text.includes('{{'));

/** At least `count` different texts over the grammar of placeholders, the same ones for the same seed. */
export function placeholderTexts(count: number, seed: number): readonly string[] {
  const found = new Set<string>();
  for (let round = 0; found.size < count; round++) {
    for (const text of fc.sample(texts, { numRuns: count, seed: seed + round })) found.add(text);
  }
  return [...found];
}
