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
  readonly kind: 'plain' | 'function' | 'dynamic';
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
  const isNegated = isAtStart && expression.startsWith('!');
  const optionalAt = isNegated ? 1 : 0;
  const isOptional = expression[optionalAt] === '?';
  const keyStart = isOptional ? optionalAt + 1 : optionalAt;
  const colon = expression.indexOf(':', keyStart);
  const head = colon === -1 ? expression.slice(keyStart) : expression.slice(keyStart, colon);
  if (hole < (colon === -1 ? Infinity : colon)) {
    return { key: expression.slice(keyStart), kind: 'dynamic', defaultText: undefined, isOptional, isNegated };
  }
  if (colon !== -1 && functions.has(head)) {
    return { key: expression.slice(keyStart), kind: 'function', defaultText: undefined, isOptional, isNegated };
  }
  const defaultText = colon === -1 ? undefined : expression.slice(colon + 1);
  return { key: withoutNestedMark(head), kind: 'plain', defaultText, isOptional, isNegated };
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
  'service.name',
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
