import assert from 'node:assert/strict';
import { Substituter } from '../../src/core/parameters/substitute';
import { resolvePlaceholders } from './askCamel';
import { generatedProperties, placeholderTexts } from './placeholderTexts';
import { camelRuntimes } from './rootHooks';

const generatedCount = 3000;
const seed = Number(process.env.PIPEBASE_SEED ?? 1);
const perRequest = 500;

/** Texts in which Camel makes something else of a value that stands there already than of one that it puts in. */
const oddities: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['a backslash, which Camel loses near the end', /\\|dir|slash|escaped/],
  ['a token between quotes', /(['"])(?:\{\{|\}\})\1/],
  ['a value with braces of its own', /json|closing|opening|brace/],
  ['a key that is made of a placeholder', /\{\{[?!]*[^}:]*\{\{/],
  ['a placeholder that never ends', /^(?:(?!\}\})[^])*$/],
  ['a single brace beside others', /(?<!\{)\{(?!\{)|(?<!\})\}(?!\})|\}{3}|\{{3}/],
  ['a negation in front of another placeholder', /^\{\{!.*\}\}.*\{\{/s],
  ['a default with a placeholder, which Camel resolves needed or not', /\{\{[^{}]*:(?:(?!\}\})[^])*\{\{/],
  ['a value without text, which leaves another placeholder alone', /empty|optional/],
  ['a quote for a value', /quote|apostrophe/],
  ['?nested=false', /\?nested|question/],
];

describe(`values that are put in here, and then read by Camel (seed ${seed})`, () => {
  const texts = placeholderTexts(generatedCount, seed);
  const different: string[] = [];
  before(async () => {
    const substituter = new Substituter(generatedProperties);
    for (let from = 0; from < texts.length; from += perRequest) {
      const some = texts.slice(from, from + perRequest);
      const rendered = some.map((text) => {
        const result = substituter.substitute(text);
        // A circle is refused by both; what is left of it is for Camel to refuse.
        return result.kind === 'substituted' ? result.text : '{{circle}}';
      });
      const alone = await resolvePlaceholders(camelRuntimes().of('dev'), some, generatedProperties);
      const after = await resolvePlaceholders(camelRuntimes().of('dev'), rendered, new Map());
      different.push(...some.filter((_, index) => shown(alone[index]) !== shown(after[index])));
    }
  });

  it('are what Camel alone would make of them, but for the oddities', () => {
    assert.deepEqual(
      different.filter((text) => !oddities.some(([, pattern]) => pattern.test(text))),
      [],
    );
  });

  it('are that in most texts', () => {
    assert.ok(different.length < texts.length / 8, String(different.length));
    const ordinary = texts.filter((text) => !oddities.some(([, pattern]) => pattern.test(text)));
    assert.ok(ordinary.length > texts.length / 10, String(ordinary.length));
  });

  for (const [name, pattern] of oddities) {
    it(`differ in some with ${name}`, () => {
      assert.ok(different.some((text) => pattern.test(text)));
    });
  }
});

/** Why a text is refused is said by whoever sees it first. */
function shown(answer: Awaited<ReturnType<typeof resolvePlaceholders>>[number] | undefined): string {
  return answer?.kind === 'value' ? JSON.stringify(answer.text) : 'refused';
}
