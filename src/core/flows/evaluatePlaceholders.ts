import { conditionFunction, conditionOf, isBlank, isInert } from './placeholders';

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

/** Values may use values; beyond these it is no configuration any more. */
const maxDepth = 200;
const maxLength = 8 * 1024 * 1024;
const maxSteps = 10_000;

/** Functions that take a default after a second colon. Others get all that stands behind their name. */
const functionsWithDefault: ReadonlySet<string> = new Set(['env', 'sys', 'service', 'service.host', 'service.port']);

/**
 * What Camel 4 makes of a text with placeholders (DefaultPropertiesParser, PropertiesComponent; CAMEL-YAML, rules 1 to
 * 12), its oddities included: `test/camel` compares every answer with Camel's own. For tests, previews and hovers: a
 * runtime may know more sources than are given here.
 */
export function evaluatePlaceholders(text: string, sources: PlaceholderSources): PlaceholderValue {
  if (!text.includes('{{')) return { kind: 'value', text };
  try {
    return { kind: 'value', text: new Evaluation(sources).valueOf(text) };
  } catch (error) {
    if (error instanceof RefusedTextError) return { kind: 'failed', message: error.message };
    throw error;
  }
}

/** A placeholder with what answers it; null where it is optional and nothing does. */
interface Answered {
  readonly expression: string;
  readonly start: number;
  readonly end: number;
  readonly value: string | null;
}

class Evaluation {
  private steps = 0;
  /** Conditions within conditions, which no chain of values tells of. */
  private conditions = 0;

  constructor(private readonly sources: PlaceholderSources) {}

  valueOf(text: string): string | null {
    const closed = text.includes('}}') ? text : `${text}}}`;
    const isNegated = closed.startsWith('{{!');
    const input = isNegated ? `{{${closed.slice(3)}` : closed;
    // The switch is no part of the key; elsewhere in the text it goes, too.
    const mark = input.includes('?nested=true') ? '?nested=true' : '?nested=false';
    const isNested = mark === '?nested=true' || !input.includes(mark);
    const answer = isNested ? this.nested(input.replaceAll(mark, ''), []) : this.flat(input.replaceAll(mark, ''));
    if (answer === null) return null;
    return withoutEscapes(isNegated ? negated(answer) : answer);
  }

  /**
   * Camel puts one value in and looks at the whole text again, so that a value can complete what stands around it.
   * `chain` are the expressions that this text is the answer to.
   */
  private nested(input: string, chain: readonly string[]): string | null {
    const text = new OpenText(input);
    for (let found = this.nextIn(text); found; found = this.nextIn(text)) {
      const { expression, start, end } = found;
      if (chain.includes(expression)) {
        if (expression.startsWith('?')) return text.whole();
        throw new RefusedTextError(`Circular reference ${expression}`);
      }
      if (chain.length > maxDepth) throw new RefusedTextError(`Too many values in values at ${expression}`);
      const value = found.value === null ? null : this.nested(found.value, [...chain, expression]);
      if (value === null && text.isAll(start, end)) return null;
      text.replace(start, end, value ?? '');
      if (text.length > maxLength) throw new RefusedTextError('The value is too long');
    }
    return text.whole();
  }

  private nextIn(text: OpenText): Answered | undefined {
    for (;;) {
      const suffix = text.firstSuffix();
      if (suffix !== -1 || text.isAtEnd) return this.answered(text.open, suffix);
      text.readOn();
    }
  }

  /** With `?nested=false`. What stands before an optional placeholder without an answer goes with it: Camel's own slip. */
  private flat(input: string): string | null {
    let answer = '';
    let rest = input;
    for (let found = this.next(rest); found; found = this.next(rest)) {
      const { start, end, value } = found;
      if (value !== null) answer += rest.slice(0, start) + value;
      else if (start === 0 && end === rest.length) return null;
      rest = rest.slice(end);
    }
    return answer + rest;
  }

  /** The first `}}` that counts, and the nearest `{{` before it. */
  private next(text: string): Answered | undefined {
    return this.answered(text, firstSuffix(text, 0));
  }

  private answered(text: string, suffix: number): Answered | undefined {
    if (++this.steps > maxSteps) throw new RefusedTextError('Camel comes to no end with this text');
    const prefix = lastPrefix(text, suffix === -1 ? text.length : suffix);
    if (suffix === -1) {
      if (prefix === -1) return undefined;
      throw new RefusedTextError('Missing }}');
    }
    if (prefix === -1) throw new RefusedTextError('Missing {{');
    const expression = text.slice(prefix + 2, suffix);
    return { expression, start: prefix, end: suffix + 2, value: this.lookUp(expression) };
  }

  private lookUp(expression: string): string | null {
    const isOptional = expression.startsWith('?');
    const asked = isOptional ? expression.slice(1) : expression;
    const { key, defaultText } = splitDefault(asked);
    if (defaultText !== undefined && key === conditionFunction) return this.condition(defaultText);
    if (defaultText !== undefined && this.isFunction(key)) return this.callFunction(key, defaultText);
    const answer = (isBlank(key) ? undefined : this.plain(key)) ?? defaultText;
    if (answer !== undefined) return answer;
    if (isOptional) return null;
    throw new RefusedTextError(`key [${key}] not found`);
  }

  /** Camel hands it to Simple, whose operators are not known here. */
  private condition(condition: string): string {
    const [asked = '', ...test] = condition.split(' ');
    if (asked === '' || test.some((word) => word !== '')) {
      throw new RefusedTextError(`Only Simple can judge the condition ${condition}`);
    }
    if (++this.conditions > maxDepth) throw new RefusedTextError(`Too many conditions in conditions at ${condition}`);
    const { key, defaultText } = splitDefault(asked);
    try {
      return conditionOf(this.valueOf(`{{${key}}}`));
    } catch (error) {
      if (defaultText === undefined || !(error instanceof RefusedTextError)) throw error;
      return conditionOf(defaultText);
    } finally {
      this.conditions--;
    }
  }

  private isFunction(name: string): boolean {
    return functionsWithDefault.has(name) || this.sources.functions?.has(name) === true;
  }

  /** `?` makes a function optional behind its name only; there Camel takes it for a part of what is asked for, too. */
  private callFunction(name: string, argument: string): string | null {
    const { key, defaultText } = functionsWithDefault.has(name) ? splitDefault(argument) : { key: argument };
    const answer = this.functionValue(name, key) ?? defaultText;
    if (answer !== undefined) return answer;
    if (argument.startsWith('?')) return null;
    throw new RefusedTextError(`function ${name} null for ${name}:${argument}`);
  }

  private functionValue(name: string, key: string): string | undefined {
    if (name === 'env') return this.variable(key);
    if (name === 'sys') return this.sources.system?.get(key);
    return this.sources.functions?.get(name)?.get(key);
  }

  private plain(key: string): string | undefined {
    return this.variable(key) ?? this.sources.system?.get(key) ?? this.sources.properties.get(key);
  }

  /** In upper case, with `_` for `-` and `.`, and with `_` where a capital begins a word: `dbUrl` is `DB_URL`, too. */
  private variable(name: string): string | undefined {
    const { environment } = this.sources;
    if (!environment) return undefined;
    const upper = name.toUpperCase();
    const words = name.replaceAll(/(?<=[^\p{Lu}_-])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, '_').toUpperCase();
    const names = [upper, upper.replaceAll(/[-.]/g, '_'), words.replaceAll(/[-.]/g, '_')];
    return names.map((variable) => environment.get(variable)).find((value) => value !== undefined);
  }
}

/** How far {@link isInert} looks around a token: two units to the left, and one behind it. */
const lookBehind = 2;
const tokenAndAhead = 3;

/**
 * A text while values are put in, for which Camel would begin at its start again each time. What no later value can change
 * is set aside, and what stands far behind is not read yet: a text costs what it is long, however many values there are.
 */
class OpenText {
  private readonly done: string[] = [];
  private doneLength = 0;
  /** What is looked at. */
  open = '';
  private position = 0;
  /** In `open` no token that counts ends a placeholder before this. */
  private searched = 0;

  constructor(private readonly input: string) {}

  get isAtEnd(): boolean {
    return this.position >= this.input.length;
  }

  get length(): number {
    return this.doneLength + this.open.length + this.input.length - this.position;
  }

  whole(): string {
    return this.done.join('') + this.open + this.input.slice(this.position);
  }

  /** The first `}}` that counts; -1 where there is none in what is open. */
  firstSuffix(): number {
    const suffix = firstSuffix(this.open, this.searched);
    // What stands behind the token decides, too.
    return suffix !== -1 && !this.isAtEnd && suffix + tokenAndAhead > this.open.length ? -1 : suffix;
  }

  /** Up to the next `}}` and what it takes to tell whether it counts. */
  readOn(): void {
    this.searched = Math.max(0, this.open.length - tokenAndAhead);
    const next = this.input.indexOf('}}', this.position);
    const end = next === -1 ? this.input.length : next + tokenAndAhead;
    this.open += this.input.slice(this.position, end);
    this.position = Math.min(end, this.input.length);
  }

  /** Whether a placeholder is all there is. Camel compares with the text that it began with. */
  isAll(start: number, end: number): boolean {
    return this.doneLength + this.startOf(start) === 0 && this.doneLength + end === this.input.length;
  }

  replace(start: number, end: number, value: string): void {
    const from = this.startOf(start);
    this.open = this.open.slice(0, from) + value + this.open.slice(end);
    this.searched = Math.max(0, from - tokenAndAhead);
    this.setAside(from);
  }

  /** An escaped backslash before a placeholder goes with it. */
  private startOf(start: number): number {
    return this.open[start - 1] === '\\' ? start - 1 : start;
  }

  /** Before the first `{{` that waits for its partner, and far enough from it, nothing changes any more. */
  private setAside(before: number): void {
    let cut = Math.min(firstPrefix(this.open), before) - tokenAndAhead;
    while (cut > 0 && /[{}]/.test(this.open.slice(Math.max(0, cut - lookBehind), cut + lookBehind))) cut--;
    if (cut <= 0) return;
    this.done.push(this.open.slice(0, cut));
    this.doneLength += cut;
    this.open = this.open.slice(cut);
    this.searched = Math.max(0, this.searched - cut);
  }
}

function firstPrefix(text: string): number {
  let index = text.indexOf('{{');
  while (index !== -1 && isInert(text, index)) index = text.indexOf('{{', index + 1);
  return index === -1 ? text.length : index;
}

function firstSuffix(text: string, from: number): number {
  let index = text.indexOf('}}', from);
  while (index !== -1 && isInert(text, index)) index = text.indexOf('}}', index + 1);
  return index;
}

function lastPrefix(text: string, before: number): number {
  let index = before === 0 ? -1 : text.lastIndexOf('{{', before - 1);
  while (index !== -1 && isInert(text, index)) index = index === 0 ? -1 : text.lastIndexOf('{{', index - 1);
  return index;
}

function splitDefault(text: string): { readonly key: string; readonly defaultText?: string } {
  const colon = text.indexOf(':');
  return colon === -1 ? { key: text } : { key: text.slice(0, colon), defaultText: text.slice(colon + 1) };
}

function negated(answer: string): string {
  const lower = answer.toLowerCase();
  return lower === 'true' ? 'false' : lower === 'false' ? 'true' : answer;
}

/** Camel looks two characters ahead of each backslash, and forgets one that has not as many behind it. */
function withoutEscapes(text: string): string {
  return text.replaceAll(/\\(\{\{|\}\})/g, '$1').replace(/\\([^\\]?)$/, '$1');
}
