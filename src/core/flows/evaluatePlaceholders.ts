import { parseExpression, type ScannedPlaceholder, scanPlaceholders } from './placeholders';

/** What a runtime answers plain keys and functions from. */
export interface PlaceholderSources {
  readonly properties: ReadonlyMap<string, string>;
  /** Variables of the process environment. */
  readonly environment?: ReadonlyMap<string, string>;
  /** JVM properties. */
  readonly system?: ReadonlyMap<string, string>;
  /** Answers of functions other than `env` and `sys`, by function and then by what stands behind the colon. */
  readonly functions?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** `text` null: Camel drops the whole value. The message of a failure is what Camel complains of, in short. */
export type PlaceholderValue =
  { readonly kind: 'value'; readonly text: string | null } | { readonly kind: 'failed'; readonly message: string };

class RefusedTextError extends Error {}

/** Values may use values; beyond this it is no configuration any more. */
const maxDepth = 200;
const maxLength = 8 * 1024 * 1024;

/**
 * What Camel 4 makes of a text with placeholders (DefaultPropertiesParser, PropertiesComponent; CAMEL-YAML, rules 1 to
 * 12). For tests, previews and hovers: a runtime may know more sources than are given here.
 */
export function evaluatePlaceholders(text: string, sources: PlaceholderSources): PlaceholderValue {
  if (!text.includes('{{')) return { kind: 'value', text };
  try {
    return { kind: 'value', text: evaluate(text, new Evaluation(sources, isNested(text))) };
  } catch (error) {
    if (error instanceof RefusedTextError) return { kind: 'failed', message: error.message };
    throw error;
  }
}

function isNested(text: string): boolean {
  return text.includes('?nested=true') || !text.includes('?nested=false');
}

function evaluate(text: string, evaluation: Evaluation): string | null {
  const input = withoutMarks(text);
  const isNegated = input.startsWith('{{!');
  const answer = evaluation.textOf(isNegated ? `{{${input.slice(3)}` : input, []);
  if (answer === null) return null;
  const lower = answer.toLowerCase();
  if (isNegated && (lower === 'true' || lower === 'false')) return lower === 'true' ? 'false' : 'true';
  return answer.replaceAll(/\\(\{\{|\}\})/g, '$1');
}

/** The switch for nesting is no part of the key; elsewhere in the text it goes, too. */
function withoutMarks(text: string): string {
  return text.replaceAll(text.includes('?nested=true') ? '?nested=true' : '?nested=false', '');
}

class Evaluation {
  constructor(
    private readonly sources: PlaceholderSources,
    private readonly isNested: boolean,
  ) {}

  /** `chain` are the expressions that this text is the answer to. */
  textOf(text: string, chain: readonly string[]): string | null {
    const scan = scanPlaceholders(text, chain.length > 0);
    if (!scan.isWhole) throw new RefusedTextError(missingToken(text, scan.problems[0]?.start));
    const [only] = scan.outermost;
    if (only?.start === 0 && only.end === text.length) return this.answerTo(only, text, chain);
    return this.fill(text, scan.outermost, chain);
  }

  private fill(text: string, placeholders: readonly ScannedPlaceholder[], chain: readonly string[]): string {
    let result = '';
    let from = 0;
    for (const found of placeholders) {
      const isBackslashEscaped = this.isNested && text[found.start - 1] === '\\';
      result += text.slice(from, isBackslashEscaped ? found.start - 1 : found.start);
      result += this.answerTo(found, text, chain) ?? '';
      from = found.end;
      if (result.length > maxLength) throw new RefusedTextError('The value is too long');
    }
    return result + text.slice(from);
  }

  private answerTo(found: ScannedPlaceholder, text: string, chain: readonly string[]): string | null {
    const { start, end, expression } = found;
    const inner = found.inner.map((each) => ({ ...each, start: each.start - start - 2, end: each.end - start - 2 }));
    const whole = inner.length === 0 ? expression : this.fill(expression, inner, chain);
    if (chain.includes(whole)) throw new RefusedTextError(`Circular reference ${whole}`);
    if (chain.length > maxDepth) throw new RefusedTextError(`Too many values in values at ${text.slice(start, end)}`);
    const answer = this.lookUp(whole);
    return answer === null || !this.isNested ? answer : this.textOf(answer, [...chain, whole]);
  }

  /** Null where an optional key, or an optional argument of a function, has no answer. */
  private lookUp(expression: string): string | null {
    const { key, kind, defaultText, isOptional } = parseExpression(expression, false);
    if (kind === 'function') return this.callFunction(key, isOptional);
    const answer = key === '' ? undefined : this.plain(key);
    if (answer !== undefined) return answer;
    if (defaultText !== undefined) return defaultText;
    if (isOptional) return null;
    throw new RefusedTextError(`key [${key}] not found`);
  }

  private plain(key: string): string | undefined {
    return this.variable(key) ?? this.sources.system?.get(key) ?? this.sources.properties.get(key);
  }

  /** As it stands, or in the upper case that shells allow. */
  private variable(name: string): string | undefined {
    const { environment } = this.sources;
    return environment?.get(name) ?? environment?.get(name.toUpperCase().replaceAll(/[-.]/g, '_'));
  }

  private callFunction(call: string, isOptional: boolean): string | null {
    const colon = call.indexOf(':');
    const name = call.slice(0, colon);
    const argument = call.slice(colon + 1);
    const isArgumentOptional = argument.startsWith('?');
    const { key, defaultText } = parseArgument(isArgumentOptional ? argument.slice(1) : argument);
    const answer = this.functionValue(name, key) ?? defaultText;
    if (answer !== undefined) return answer;
    if (isOptional || isArgumentOptional) return null;
    throw new RefusedTextError(`function ${name} null for ${call}`);
  }

  private functionValue(name: string, key: string): string | undefined {
    if (name === 'env') return this.variable(key);
    if (name === 'sys') return this.sources.system?.get(key);
    return this.sources.functions?.get(name)?.get(key);
  }
}

function parseArgument(argument: string): { readonly key: string; readonly defaultText?: string } {
  const colon = argument.indexOf(':');
  return colon === -1 ? { key: argument } : { key: argument.slice(0, colon), defaultText: argument.slice(colon + 1) };
}

function missingToken(text: string, at = 0): string {
  return text.startsWith('}}', at) ? 'Missing {{' : 'Missing }}';
}
