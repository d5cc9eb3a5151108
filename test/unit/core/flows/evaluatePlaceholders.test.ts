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

  it('ends where a condition asks for itself', () => {
    const properties = new Map([['k', '{{boolean:k}}']]);
    assert.equal(evaluatePlaceholders('{{k}}', { properties }).kind, 'failed');
  });

  it('ends where values grow without end', () => {
    const properties = new Map(
      Array.from({ length: 40 }, (_, index) => [`k${index}`, `{{k${index + 1}}}{{k${index + 1}}}`]),
    );
    properties.set('k40', 'x'.repeat(1_000_000));
    assert.equal(evaluatePlaceholders('{{k30}}', { properties }).kind, 'failed');
  });

  it('stays linear in placeholders and in the text around them', () => {
    const properties = new Map([['a', 'A']]);
    const far = 'y'.repeat(7_000_000);
    for (const [many, each] of [
      ['{{a}}', 'A'],
      ["'{{' {{{{b:a}}}} \\}}", "'{{' A }}"],
    ] as const) {
      const count = 2400;
      const text = evaluatePlaceholders(many.repeat(count) + far, { properties });
      assert.deepEqual(text, { kind: 'value', text: each.repeat(count) + far });
    }
  });

  it('sees what a value completes with the text on either side of it', () => {
    const properties = new Map(Object.entries({ open: '{', close: '}', quote: "'", x: 'X', '': 'no' }));
    const valueOf = (text: string): unknown => {
      const value = evaluatePlaceholders(text, { properties });
      return value.kind === 'value' ? value.text : value.message;
    };
    const far = 'y'.repeat(50);
    assert.equal(valueOf(`${far}{{{open}}x}} ${far}{{x}}`), `${far}X ${far}X`);
    assert.equal(valueOf(`${far}{{x{{close}}} ${far}{{x}}`), `${far}X ${far}X`);
    assert.equal(valueOf(`${far}{{quote}}{{' ${far}{{x}}`), `${far}'{{' ${far}X`);
  });
});
