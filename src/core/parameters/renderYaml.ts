import { type Document, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import { readYaml } from '../readYaml';
import { quotedScalar, renderScalar } from './renderScalar';
import { type Replacement, Substituter, type Substitution } from './substitute';

export type RenderedYaml =
  | { readonly kind: 'rendered'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: 'cycle' | 'too-large'; readonly chain: readonly string[] };

/**
 * Replaces the placeholders whose plain key `values` has, scalar by scalar; all else stays byte for byte, comments, order,
 * quotes and line ends (PROMOTION-MODEL, rendering). Where a value would break its scalar's style, that one scalar gets
 * double quotes. Keys of maps are left alone, as Camel leaves them. A text that is no YAML comes back as it is.
 */
export function renderYaml(text: string, values: ReadonlyMap<string, string>): RenderedYaml {
  const whole = readWhole(text);
  if (!whole) return { kind: 'rendered', text };
  const { document, body } = whole;
  const changes = changedScalars(document, new Substituter(values));
  if (!Array.isArray(changes)) return changes;
  if (changes.length === 0) return { kind: 'rendered', text };
  const mark = text.slice(0, text.length - body.length);
  const original = text.slice(mark.length);
  const rendered = spliced(
    original,
    changes.map((change) => renderScalar(body, change)),
  );
  if (readsAs(rendered, document, changes)) return { kind: 'rendered', text: mark + rendered };
  // No rule above foresaw this text. Double quotes hold whatever there is.
  const quoted = spliced(
    original,
    changes.map((change) => quotedScalar(body, change)),
  );
  return { kind: 'rendered', text: mark + quoted };
}

/** The document of a text without a fault that breaks it. */
function readWhole(text: string): { readonly document: Document.Parsed; readonly body: string } | undefined {
  const { document, body, faults } = readYaml(text, '');
  const isBroken = faults.some(({ severity }) => severity === 'error');
  return document && !isBroken ? { document, body } : undefined;
}

/** A scalar that held a key of ours: its new text, and what changed where in the old one. */
export interface ScalarChange {
  readonly scalar: Scalar.Parsed;
  readonly text: string;
  readonly replacements: readonly Replacement[];
}

function changedScalars(
  document: Document.Parsed,
  substituter: Substituter,
): ScalarChange[] | Extract<RenderedYaml, { kind: 'failed' }> {
  const changes: ScalarChange[] = [];
  for (const scalar of valueScalars(document.contents)) {
    const result: Substitution = substituter.substitute(scalar.source);
    if (result.kind === 'failed') return result;
    const { text, replacements } = result;
    if (replacements.length > 0) changes.push({ scalar, text, replacements });
  }
  return changes;
}

/** Every scalar that is a value, in order. Recursion is safe: `readYaml` bounds the nesting. */
function* valueScalars(node: ParsedNode | null): Generator<Scalar.Parsed> {
  if (isScalar(node)) {
    yield node;
  } else if (isSeq(node)) {
    for (const item of node.items) yield* valueScalars(item);
  } else if (isMap(node)) {
    for (const { value } of node.items) yield* valueScalars(value);
  }
}

/** Whether a rendered text parses to what was meant, scalar by scalar. */
function readsAs(rendered: string, original: Document.Parsed, changes: readonly ScalarChange[]): boolean {
  const whole = readWhole(rendered);
  if (!whole) return false;
  const expected = new Map(changes.map(({ scalar, text }) => [scalar, text]));
  const before = [...valueScalars(original.contents)];
  const after = [...valueScalars(whole.document.contents)];
  return (
    before.length === after.length &&
    before.every((scalar, index) => {
      const now = after[index];
      const text = expected.get(scalar);
      return text === undefined ? now?.source === scalar.source : now?.value === text;
    })
  );
}

function spliced(body: string, pieces: readonly Replacement[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text } of pieces) {
    parts.push(body.slice(from, start), text);
    from = end;
  }
  return parts.join('') + body.slice(from);
}
