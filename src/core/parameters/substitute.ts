import {
  asksForKey,
  conditionOf,
  isBlank,
  parseCondition,
  parseExpression,
  type ScannedPlaceholder,
  scanPlaceholders,
} from '../flows/placeholders';

/** A stretch of a text, and what takes its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Substituted {
  readonly text: string;
  readonly replacements: readonly Replacement[];
}

export type Substitution =
  | ({ readonly kind: 'substituted' } & Substituted)
  | { readonly kind: 'failed'; readonly reason: 'cycle' | 'too-large'; readonly chain: readonly string[] };

/** What a placeholder stands in. */
interface Surroundings {
  readonly text: string;
  /** Keys that this text is the value of. */
  readonly chain: readonly string[];
  readonly isVerbatim: boolean;
}

/** Values that use values that use values: a handful of lines can stand for gigabytes. */
const maxValueLength = 8 * 1024 * 1024;
const maxChain = 500;

/** Ends the work on a value that has none; never leaves this file. */
class EndlessValueError extends Error {
  constructor(
    readonly reason: 'cycle' | 'too-large',
    readonly chain: readonly string[],
  ) {
    super(reason);
  }
}

/**
 * Puts values in the place of placeholders, as Camel would (CAMEL-YAML, rules 2 to 8, 11): innermost first, values that
 * hold placeholders too, `!` in front of a whole text. What `values` does not have is kept for the runtime: functions,
 * unknown keys, optional ones and those with a default. A text that Camel would refuse is left alone, so that the
 * runtime can say so.
 */
export class Substituter {
  private readonly known = new Map<string, string>();

  constructor(private readonly values: ReadonlyMap<string, string>) {}

  substitute(text: string): Substitution {
    try {
      return { kind: 'substituted', ...this.apply(text, []) };
    } catch (error) {
      if (!(error instanceof EndlessValueError)) throw error;
      return { kind: 'failed', reason: error.reason, chain: error.chain };
    }
  }

  private apply(text: string, chain: readonly string[]): Substituted {
    const scan = scanPlaceholders(text, chain.length > 0);
    if (!scan.isWhole) return { text, replacements: [] };
    const around = { text, chain, isVerbatim: isNestedOff(text) };
    const replacements = scan.outermost.flatMap((each) => this.replace(each, around));
    const replaced = spliced(text, replacements);
    // Camel looks for the `!` in front of a whole text, never inside of a value.
    const isNegated = chain.length === 0 && scan.outermost[0]?.isNegated === true;
    return isNegated ? turnedRound(text, replaced, replacements) : { text: replaced, replacements };
  }

  /** One replacement for all of it, or those inside where the placeholder itself stays. */
  private replace(found: ScannedPlaceholder, around: Surroundings): readonly Replacement[] {
    const { text, chain, isVerbatim } = around;
    const inner = found.inner.flatMap((each) => this.replace(each, around));
    const offset = found.start + 2;
    const relative = inner.map(({ start, end, text: value }) => ({
      start: start - offset,
      end: end - offset,
      text: value,
    }));
    const expression = spliced(found.expression, relative);
    const asked = parseExpression(
      expression,
      found.isNegated && chain.length === 0,
      scanPlaceholders(expression).outermost[0]?.start,
    );
    const answer = asksForKey(asked) ? this.valueOf(asked.key, isVerbatim, chain) : undefined;
    const value = answer !== undefined && asked.kind === 'condition' ? conditionMet(expression, answer) : answer;
    if (value === undefined) return inner;
    // A backslash here is an escaped one (a single one would have made the braces inert), and Camel takes it back.
    const start = text[found.start - 1] === '\\' ? found.start - 1 : found.start;
    return [{ start, end: found.end, text: value }];
  }

  private valueOf(key: string, isVerbatim: boolean, chain: readonly string[]): string | undefined {
    const raw = isBlank(key) ? undefined : this.values.get(key);
    if (!raw?.includes('{{')) return raw;
    if (isVerbatim) return escaped(raw);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (chain.includes(key)) throw new EndlessValueError('cycle', [...chain.slice(chain.indexOf(key)), key]);
    if (chain.length > maxChain) throw new EndlessValueError('too-large', chain);
    const { text } = this.apply(raw, [...chain, key]);
    if (text.length > maxValueLength) throw new EndlessValueError('too-large', [...chain, key]);
    this.known.set(key, text);
    return text;
  }
}

/** `?nested=false` anywhere in a text: values are taken as they are. */
function isNestedOff(text: string): boolean {
  return text.includes('?nested=false') && !text.includes('?nested=true');
}

/** Braces that the runtime is to take for braces. */
function escaped(value: string): string {
  return value.replaceAll(/\{\{|\}\}/g, (braces) => `\\${braces}`);
}

/**
 * What becomes of a text with a `!` in front. Where the runtime completes it, the `!` goes on to the placeholder that is in
 * front then; where none is, and it may come to true or false, all of it is the runtime's to judge.
 */
function turnedRound(text: string, replaced: string, replacements: readonly Replacement[]): Substituted {
  const isHandedOn = replaced.startsWith('{{') && !replaced.startsWith('{{!');
  const opposite = isHandedOn ? `{{!${replaced.slice(2)}` : negated(replaced);
  if (opposite !== undefined) return { text: opposite, replacements: [{ start: 0, end: text.length, text: opposite }] };
  return mayBecomeTruth(replaced) ? { text, replacements: [] } : { text: replaced, replacements };
}

/** Whether a text that the runtime completes begins like true or false. */
function mayBecomeTruth(text: string): boolean {
  return /^[a-z]{1,5}\{\{/i.test(text) && isOpen(text);
}

/** Undefined where Simple has to judge: the condition goes on behind its key, or the runtime completes the answer. */
function conditionMet(expression: string, answer: string): string | undefined {
  const condition = expression.slice(expression.indexOf(':') + 1);
  if (condition.trimEnd().includes(' ') || isOpen(answer)) return undefined;
  return conditionOf(parseCondition(condition).isNegated ? (negated(answer) ?? answer) : answer);
}

function isOpen(value: string): boolean {
  const { isWhole, outermost } = scanPlaceholders(value, true);
  return !isWhole || outermost.length > 0;
}

function negated(text: string): string | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' ? 'false' : lower === 'false' ? 'true' : undefined;
}

function spliced(text: string, replacements: readonly Replacement[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: value } of replacements) {
    result += text.slice(from, start) + value;
    from = end;
    if (result.length > 2 * maxValueLength) throw new EndlessValueError('too-large', []);
  }
  return result + text.slice(from);
}
