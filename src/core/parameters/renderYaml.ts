import { type Document, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml';
import { isLargerThan, maxTextBytes, readYaml } from '../readYaml';
import { isOpenBlock, quotedScalar, renderScalar } from './renderScalar';
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
  return new YamlTemplate(text).render(values);
}

/** A scalar that held a key of ours: its new text, and what changed where in the old one. */
export interface ScalarChange {
  readonly scalar: Scalar.Parsed;
  readonly text: string;
  readonly replacements: readonly Replacement[];
}

/** A YAML that is rendered with different values, and parsed for the first of them only. */
export class YamlTemplate {
  private readonly body: string;
  /** Those with placeholders. The document is not kept: it is many times as large as its text. */
  private readonly scalars: readonly Scalar.Parsed[];

  constructor(private readonly text: string) {
    const whole = readWhole(text);
    this.body = whole?.body ?? text;
    this.scalars = whole
      ? [...valueScalars(whole.document.contents)].filter(({ source }) => source.includes('{{'))
      : [];
  }

  /** See {@link renderYaml}. */
  render(values: ReadonlyMap<string, string>): RenderedYaml {
    const changes = changedScalars(this.scalars, new Substituter(values));
    if (!Array.isArray(changes)) return changes;
    if (changes.length === 0) return { kind: 'rendered', text: this.text };
    let text = this.spliced(changes.map((change) => renderScalar(this.body, change)));
    // No rule there foresaw this text? Double quotes hold whatever there is.
    if (!changes.every(isPlainlySafe) && !readsAs(text, this.text, changes)) {
      text = this.spliced(changes.map((change) => quotedScalar(this.body, change)));
    }
    return isLargerThan(text, maxTextBytes)
      ? { kind: 'failed', reason: 'too-large', chain: [] }
      : { kind: 'rendered', text };
  }

  private spliced(pieces: readonly Replacement[]): string {
    const shift = this.text.length - this.body.length;
    const parts: string[] = [this.text.slice(0, shift)];
    let from = 0;
    for (const { start, end, text } of pieces) {
      parts.push(this.text.slice(shift + from, shift + start), text);
      from = end;
    }
    return parts.join('') + this.text.slice(shift + from);
  }
}

/** The document of a text without a fault that breaks it. */
function readWhole(text: string): { readonly document: Document.Parsed; readonly body: string } | undefined {
  const { document, body, faults } = readYaml(text, '');
  const isBroken = faults.some(({ severity }) => severity === 'error');
  return document && !isBroken ? { document, body } : undefined;
}

function changedScalars(
  scalars: readonly Scalar.Parsed[],
  substituter: Substituter,
): ScalarChange[] | Extract<RenderedYaml, { kind: 'failed' }> {
  const changes: ScalarChange[] = [];
  for (const scalar of scalars) {
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

/** Words, numbers, host names, paths, URLs: no scalar that `renderScalar` keeps in its style reads otherwise with them. */
const plainlySafe = /^\w(?:[\w.:/?&=%+-]*\w)?$/;

/** Needs no look at what it reads as, which costs a parse per set of values: most values are of this kind. */
function isPlainlySafe({ replacements }: ScalarChange): boolean {
  return replacements.every(({ text }) => plainlySafe.test(text));
}

/** Whether a rendered text parses to what was meant, scalar by scalar. */
function readsAs(rendered: string, original: string, changes: readonly ScalarChange[]): boolean {
  const whole = readWhole(rendered);
  const wholeBefore = readWhole(original);
  if (!whole || !wholeBefore) return false;
  const expected = new Map(changes.map(({ scalar, text }) => [scalar.range[0], text]));
  const before = [...valueScalars(wholeBefore.document.contents)];
  const after = [...valueScalars(whole.document.contents)];
  return (
    before.length === after.length &&
    before.every((scalar, index) => {
      const now = after[index];
      const text = expected.get(scalar.range[0]);
      if (text === undefined) return now?.source === scalar.source;
      return now?.value === text || (isOpenBlock(wholeBefore.body, scalar) && `${String(now?.value)}\n` === text);
    })
  );
}
