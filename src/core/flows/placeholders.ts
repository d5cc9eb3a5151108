import type { Placeholder } from './types';

/**
 * Property placeholders, found as Camel finds them (DefaultPropertiesParser, PropertiesComponent): the first `}}` that is
 * neither escaped nor quoted closes the nearest such `{{` before it, so the innermost comes first. Offsets are into the
 * text given, in UTF-16 units.
 */
export interface ScannedPlaceholder {
  /** Exactly the text between the braces. */
  readonly expression: string;
  /** What a property source is asked for: without `?`, default, `?nested=…` and a negation that counts. */
  readonly key: string;
  /** As of `Placeholder`. */
  readonly kind: Placeholder['kind'];
  readonly defaultText: string | undefined;
  readonly isOptional: boolean;
  /** `{{!key}}`, which Camel knows at the very start of a text only. */
  readonly isNegated: boolean;
  readonly start: number;
  readonly end: number;
  /** Those inside the expression, in order. */
  readonly inner: readonly ScannedPlaceholder[];
}

export interface PlaceholderProblem {
  readonly code:
    | 'half-escaped-placeholder'
    | 'unbalanced-placeholder'
    | 'unclosed-placeholder'
    | 'spaces-in-placeholder'
    | 'misplaced-negation'
    | 'deep-placeholder';
  readonly start: number;
  readonly end: number;
}

export interface PlaceholderScan {
  /** The outermost ones, in order. */
  readonly outermost: readonly ScannedPlaceholder[];
  readonly problems: readonly PlaceholderProblem[];
  /** `false` where Camel refuses the whole text: a brace pair without its partner. */
  readonly isWhole: boolean;
}

/** Real keys nest once or twice. The bound keeps hostile texts from costing more than they are long. */
const maxNesting = 32;

const nothing: PlaceholderScan = { outermost: [], problems: [], isWhole: true };

/**
 * Finds every placeholder of one text, in time linear in its length. A text without `{{` is never looked at by Camel, and
 * one without `}}` gets it added; neither holds for a value in the place of a placeholder (`isValue`).
 */
export function scanPlaceholders(text: string, isValue = false): PlaceholderScan {
  if (!text.includes('{{') && !(isValue && text.includes('}}'))) return nothing;
  return isValue || text.includes('}}') ? new Scanner(text).scan() : scanUnclosed(text);
}

/** Camel adds a `}}` at the end, and then looks at the text as at any other. */
function scanUnclosed(text: string): PlaceholderScan {
  const scan = new Scanner(`${text}}}`).scan();
  const inText = <T extends { readonly start: number; readonly end: number }>(found: T): T => ({
    ...found,
    end: Math.min(found.end, text.length),
  });
  const outermost = scan.outermost.map(inText);
  // The added token is nowhere to be seen; what it was added for is.
  const start = outermost[0]?.start ?? text.indexOf('{{');
  const end = outermost[0]?.end ?? start + 2;
  if (!scan.isWhole) return { ...scan, outermost, problems: scan.problems.map(({ code }) => ({ code, start, end })) };
  const problems = [{ code: 'unclosed-placeholder' as const, start, end }, ...scan.problems.map(inText)];
  return { outermost, problems, isWhole: true };
}

/** Every placeholder of a scan, outer ones before what they hold. */
export function flattened(placeholders: readonly ScannedPlaceholder[]): readonly ScannedPlaceholder[] {
  if (placeholders.every(({ inner }) => inner.length === 0)) return placeholders;
  return placeholders.flatMap((placeholder) => [placeholder, ...flattened(placeholder.inner)]);
}

/** A stretch of the text that no placeholder has taken yet. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** `depth`: 1 for a placeholder that holds no other. */
type Nested = ScannedPlaceholder & { readonly depth: number };

const none: readonly Nested[] = [];

class Scanner {
  private readonly open: Stretch[] = [];
  private readonly found: Nested[] = [];

  constructor(private readonly text: string) {}

  scan(): PlaceholderScan {
    let from = 0;
    for (let suffix = this.nextSuffix(0); suffix !== -1; suffix = this.nextSuffix(from)) {
      this.open.push({ start: from, end: suffix });
      const prefix = this.takePrefix();
      if (prefix === -1) return this.broken(suffix);
      const placeholder = this.placeholder(prefix, suffix, suffix + 2);
      this.found.push(placeholder);
      if (placeholder.depth > maxNesting) return this.broken(prefix, 'deep-placeholder');
      from = suffix + 2;
    }
    this.open.push({ start: from, end: this.text.length });
    return this.finish();
  }

  /** What is left holds no `}}`, so that a `{{` there is without its partner. */
  private finish(): PlaceholderScan {
    const prefix = this.takePrefix();
    return prefix === -1 ? this.whole() : this.broken(prefix);
  }

  private nextSuffix(from: number): number {
    let index = this.text.indexOf('}}', from);
    while (index !== -1 && isInert(this.text, index)) index = this.text.indexOf('}}', index + 1);
    return index;
  }

  /** Takes the nearest prefix out of the open stretches. Stretches found to hold none are dropped for good. */
  private takePrefix(): number {
    for (let stretch = this.open.pop(); stretch; stretch = this.open.pop()) {
      const index = this.lastPrefix(stretch);
      if (index === -1) continue;
      this.open.push({ start: stretch.start, end: index });
      return index;
    }
    return -1;
  }

  private lastPrefix({ start, end }: Stretch): number {
    for (let index = end - 2; index >= start; index--) {
      if (this.text.startsWith('{{', index) && !isInert(this.text, index)) return index;
    }
    return -1;
  }

  private placeholder(start: number, expressionEnd: number, end: number): Nested {
    const expression = this.text.slice(start + 2, expressionEnd);
    const inner = this.takeInner(start);
    const hole = inner[0] && inner[0].start - start - 2;
    const { key, kind, defaultText, isOptional, isNegated } = parseExpression(expression, start === 0, hole);
    let depth = 1;
    for (const each of inner) depth = Math.max(depth, each.depth + 1);
    return { expression, key, kind, defaultText, isOptional, isNegated, start, end, inner, depth };
  }

  private takeInner(start: number): readonly Nested[] {
    let first = this.found.length;
    while (first > 0 && (this.found[first - 1]?.start ?? -1) > start) first--;
    return first === this.found.length ? none : this.found.splice(first);
  }

  private broken(at: number, code: PlaceholderProblem['code'] = this.codeOfLoneToken()): PlaceholderScan {
    return { outermost: this.found, problems: [{ code, start: at, end: at + 2 }], isWhole: false };
  }

  private codeOfLoneToken(): PlaceholderProblem['code'] {
    return /\\(?:\{\{|\}\})/.test(this.text) ? 'half-escaped-placeholder' : 'unbalanced-placeholder';
  }

  private whole(): PlaceholderScan {
    const problems: PlaceholderProblem[] = [];
    for (const placeholder of flattened(this.found)) addTraps(placeholder, this.text, problems);
    return { outermost: this.found, problems, isWhole: true };
  }
}

/** Whether the token at `index` is escaped (by a backslash that is not escaped itself) or has one quote on both sides. */
export function isInert(text: string, index: number): boolean {
  const before = text[index - 1];
  if (before === '\\') return text[index - 2] !== '\\';
  return (before === "'" || before === '"') && before === text[index + 2];
}

function addTraps(placeholder: ScannedPlaceholder, text: string, problems: PlaceholderProblem[]): void {
  const { start, end, key, isNegated, expression } = placeholder;
  if (placeholder.kind === 'plain' && key !== key.trim()) problems.push({ code: 'spaces-in-placeholder', start, end });
  const isAlone = isNegated && end === text.length;
  if (expression.startsWith('!') && !isAlone) problems.push({ code: 'misplaced-negation', start, end });
}

export type ParsedExpression = Pick<ScannedPlaceholder, 'key' | 'kind' | 'defaultText' | 'isOptional' | 'isNegated'>;

/**
 * Splits an expression into what it asks for. `hole` is where its first inner placeholder begins: Camel resolves that
 * first and splits then, so with a hole in front of the first colon the key is known to the runtime alone.
 */
export function parseExpression(expression: string, isAtStart: boolean, hole = Infinity): ParsedExpression {
  const { isNegated, isOptional, keyStart, asked, colon } = withoutFlags(expression, isAtStart);
  const dynamic = { key: asked, kind: 'dynamic', defaultText: undefined, isOptional, isNegated } as const;
  if (hole < (colon === -1 ? Infinity : keyStart + colon)) return dynamic;
  const name = colon === -1 ? undefined : asked.slice(0, colon);
  if (name === conditionFunction) {
    const condition = parseCondition(asked.slice(colon + 1));
    const isKeyMade = condition.key.includes('{{');
    return isKeyMade ? dynamic : { ...condition, kind: 'condition', isNegated };
  }
  if (name !== undefined && functions.has(name)) return { ...dynamic, kind: 'function' };
  return parsePlain(expression, isAtStart);
}

/** Whether it is answered from the parameters: its key, in full. */
export function asksForKey({ kind }: Pick<ScannedPlaceholder, 'kind'>): boolean {
  return kind === 'plain' || kind === 'condition';
}

function withoutFlags(expression: string, isAtStart: boolean) {
  const isNegated = isAtStart && expression.startsWith('!');
  const optionalAt = isNegated ? 1 : 0;
  const isOptional = expression[optionalAt] === '?';
  const keyStart = isOptional ? optionalAt + 1 : optionalAt;
  const asked = expression.slice(keyStart);
  return { isNegated, isOptional, keyStart, asked, colon: asked.indexOf(':') };
}

/** A key with its default, though it may have the name of a function. */
function parsePlain(expression: string, isAtStart: boolean): ParsedExpression {
  const { isNegated, isOptional, asked, colon } = withoutFlags(expression, isAtStart);
  const key = withoutNestedMark(colon === -1 ? asked : asked.slice(0, colon));
  const defaultText = colon === -1 ? undefined : asked.slice(colon + 1);
  return { key, kind: 'plain', defaultText, isOptional, isNegated };
}

/** Core's only function that asks for a key: `{{boolean:flag}}`, `{{boolean:!flag}}`. */
export const conditionFunction = 'boolean';

/** What is asked for is as in a placeholder of its own, up to a space: there a test goes on, `{{boolean:count > 5}}`. */
export function parseCondition(condition: string): ParsedExpression {
  return parsePlain(condition.split(' ', 1).join(''), true);
}

/** What `{{boolean:…}}` makes of the value of its key: Simple takes any text for true that does not say otherwise. */
export function conditionOf(value: string | null): 'true' | 'false' {
  return value === null || /^\s*(?:false)?\s*$/i.test(value) ? 'false' : 'true';
}

/** Camel finds no key that is made of what Java calls white space. */
export function isBlank(key: string): boolean {
  return /^[^\S\u00a0\u2007\u202f\ufeff]*$/.test(key);
}

/** `?nested=true` and `?nested=false` are switches: Camel takes them out before it looks at anything else. */
function withoutNestedMark(name: string): string {
  return name.includes('?nested=') ? name.replaceAll(/\?nested=(?:true|false)/g, '') : name;
}

/** Camel's own functions and those of its vault, Kubernetes and encoding components. Any other prefix is a key. */
const functions: ReadonlySet<string> = new Set([
  'env',
  'sys',
  'service',
  'service.host',
  'service.port',
  'bean',
  'secret',
  'secret-binary',
  'configmap',
  'configmap-binary',
  'base64',
  'aws',
  'gcp',
  'azure',
  'hashicorp',
  'ibm',
  'cyberark',
]);
