import assert from 'node:assert/strict';
import { evaluatePlaceholders, type PlaceholderValue } from '../../src/core/flows/evaluatePlaceholders';
import { scanPlaceholders } from '../../src/core/flows/placeholders';
import { resolvePlaceholders } from './askCamel';
import { generatedProperties, placeholderTexts } from './placeholderTexts';
import { vectors, vectorSources } from './placeholderVectors';
import { camelRuntimes } from './rootHooks';

const generatedCount = 6000;
const perRequest = 500;
/** Another one with `PIPEBASE_SEED=…`; the same one each time otherwise, so that a red run can be run again. */
const seed = Number(process.env.PIPEBASE_SEED ?? 1);

describe('placeholders, answered by Camel itself', () => {
  describe('each vector', () => {
    let answers: readonly PlaceholderValue[] = [];
    before(async () => {
      const texts = vectors.cases.map((each) => each.in);
      answers = await resolvePlaceholders(camelRuntimes().of('dev'), texts, vectorSources.properties);
    });

    for (const [index, { in: text, out, error }] of vectors.cases.entries()) {
      it(`${JSON.stringify(text)} is ${error ?? JSON.stringify(out)}`, () => {
        const expected = error === undefined ? { kind: 'value', text: out } : { kind: 'failed', message: error };
        assert.deepEqual(answers[index], expected);
      });
    }
  });

  describe(`${generatedCount} generated texts (seed ${seed})`, () => {
    const texts = placeholderTexts(generatedCount, seed);
    const answers: PlaceholderValue[] = [];
    before(async () => {
      for (let from = 0; from < texts.length; from += perRequest) {
        const some = texts.slice(from, from + perRequest);
        answers.push(...(await resolvePlaceholders(camelRuntimes().of('dev'), some, generatedProperties)));
      }
    });

    it('are evaluated here as Camel does it, result by result', () => {
      const sources = { ...vectorSources, properties: generatedProperties };
      const differences = texts.flatMap((text, index) => {
        const [ours, camels] = [evaluatePlaceholders(text, sources), answers[index]];
        return JSON.stringify(ours) === JSON.stringify(camels) ? [] : [{ text, ours, camels }];
      });
      assert.deepEqual(shortest(differences), []);
    });

    it('are refused for their braces by the scanner where Camel refuses them, and only there', async () => {
      const properties = new Map([...generatedProperties.keys(), 'nope', 'alsono'].map((key) => [key, 'value']));
      // Camel looks at the text again with each answer in place: a default or nothing at all can bring braces together.
      const simple = texts.filter((text) => !/[:?]/.test(text));
      const answersToSimple = await resolvePlaceholders(camelRuntimes().of('dev'), simple, properties);
      const differences = simple.flatMap((text, index) => {
        const answer = answersToSimple[index];
        if (answer?.kind === 'failed' && !answer.message.startsWith('Missing')) return [];
        return (answer?.kind === 'value') === scanPlaceholders(text).isWhole ? [] : [{ text, answer }];
      });
      assert.ok(simple.length > 1000, `only ${simple.length} texts are simple`);
      assert.deepEqual(shortest(differences), []);
    });

    it('reach every kind of answer', () => {
      const kinds = new Set(
        answers.map((answer) => (answer.kind === 'value' ? typeof answer.text : kindOf(answer.message))),
      );
      const expected = ['Circular', 'Missing {{', 'Missing }}', 'function', 'key', 'object', 'string'];
      assert.deepEqual([...kinds].sort(), expected);
    });
  });
});

function shortest<T extends { readonly text: string }>(differences: readonly T[]): readonly T[] {
  return differences.toSorted((left, right) => left.text.length - right.text.length).slice(0, 10);
}

function kindOf(message: string): string {
  return /^(Circular|Missing ..|function|key)/.exec(message)?.[0] ?? message;
}
