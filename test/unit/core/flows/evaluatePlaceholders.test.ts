import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluatePlaceholders, type PlaceholderSources } from '../../../../src/core/flows/evaluatePlaceholders';

interface Vectors {
  readonly context: Readonly<Record<'props' | 'env' | 'sys' | 'bean', Readonly<Record<string, string>>>>;
  readonly cases: readonly { readonly in: string; readonly out?: string | null; readonly error?: string }[];
}

const path = join(import.meta.dirname, '../../../fixtures/camel-placeholder-vectors.json');
const { context, cases } = JSON.parse(readFileSync(path, 'utf8')) as Vectors;

function mapOf(values: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(values));
}

const sources: PlaceholderSources = {
  properties: mapOf(context.props),
  environment: mapOf(context.env),
  system: mapOf(context.sys),
  functions: new Map([['bean', mapOf(context.bean)]]),
};

describe('evaluatePlaceholders', () => {
  it('has the vectors', () => {
    assert.ok(cases.length > 40);
  });

  for (const { in: text, out, error } of cases) {
    it(`makes ${JSON.stringify(text)} ${error ?? JSON.stringify(out)}`, () => {
      const expected = error === undefined ? { kind: 'value', text: out } : { kind: 'failed', message: error };
      assert.deepEqual(evaluatePlaceholders(text, sources), expected);
    });
  }

  it('takes a backslash back that was escaped itself', () => {
    assert.deepEqual(evaluatePlaceholders('x\\\\{{txt}}', sources), { kind: 'value', text: 'x\\hello' });
  });

  it('takes values as they are with ?nested=false', () => {
    assert.deepEqual(evaluatePlaceholders('{{b?nested=false}}', sources), { kind: 'value', text: '{{a}}-B' });
  });

  it('ends where Camel itself does not: an optional value that is itself', () => {
    const properties = new Map([['k', '{{?k}}']]);
    assert.equal(evaluatePlaceholders('{{?k}}', { properties }).kind, 'failed');
  });

  it('ends where values grow without end', () => {
    const properties = new Map(
      Array.from({ length: 40 }, (_, index) => [`k${index}`, `{{k${index + 1}}}{{k${index + 1}}}`]),
    );
    properties.set('k40', 'x'.repeat(1_000_000));
    assert.equal(evaluatePlaceholders('{{k30}}', { properties }).kind, 'failed');
  });
});
