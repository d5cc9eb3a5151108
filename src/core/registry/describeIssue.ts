import type * as z from 'zod';
import { closestWord } from '../closestWord';
import { environmentSchema, registrySchema, tlsSchema } from './registrySchema';

/** What a schema issue comes to: a sentence, and which part of the file it is about. */
export interface DescribedIssue {
  readonly code: string;
  readonly message: string;
  /** Keys from the root to the part; where it ends in a key that is missing, the nearest part above is meant. */
  readonly path: readonly string[];
  /** Mark the key, not the value. */
  readonly isAboutKey: boolean;
}

/** The sentences that a person would write for what the schema found; unknown keys give one each. */
export function describeIssue(issue: z.core.$ZodIssue, input: unknown): readonly DescribedIssue[] {
  const path = issue.path.map(String);
  const parameter = parameterPath(path);
  if (parameter) return [describeParameter(parameter, valueAt(input, parameter))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  if (issue.code === 'invalid_key') {
    return [{ code: 'no-environment-id', message: 'An environment needs an id.', path, isAboutKey: true }];
  }
  const value = valueAt(input, path);
  if (value === undefined || (value === null && path.length === 1)) return [missing(path)];
  const isVersion = path.length === 1 && path[0] === 'version';
  return [
    {
      code: isVersion ? 'unsupported-version' : 'wrong-value',
      message: wrongValue(issue, path, value),
      path,
      isAboutKey: false,
    },
  ];
}

/** `parameters` stands at the root and in environments; what is wrong inside is told at the parameter. */
function parameterPath(path: readonly string[]): readonly string[] | undefined {
  const at = path[0] === 'parameters' ? 0 : path[0] === 'environments' && path[2] === 'parameters' ? 2 : -1;
  return at === -1 || path.length < at + 2 ? undefined : path.slice(0, at + 2);
}

function describeParameter(path: readonly string[], value: unknown): DescribedIssue {
  const name = path.at(-1) ?? '';
  const hint = isUnknownMap(value) ? 'a text that begins with `{` needs quotes' : 'an empty text is `""`';
  const message = `\`${name}\` must be a text, a number, true or false, \`{ secret: true }\` or \`{ env: NAME }\`; ${hint}.`;
  return { code: 'wrong-parameter', message, path, isAboutKey: false };
}

/** What YAML makes of `{{x}}` or `{x}` without quotes, among others. */
function isUnknownMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('secret' in value || 'env' in value || Array.isArray(value));
}

function unknownKey(path: readonly string[], key: string): DescribedIssue {
  const known = knownKeys(path);
  const meant = closestWord(key, known);
  const hint = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean \`${meant}\`?`;
  const message = `\`${key}\` is not known ${placeOf(path)}. ${hint}`;
  return { code: 'unknown-key', message, path: [...path, key], isAboutKey: true };
}

function knownKeys(path: readonly string[]): readonly string[] {
  if (path.length === 0) return Object.keys(registrySchema.shape);
  if (path[0] === 'flows') return ['include', 'exclude'];
  return Object.keys(path[2] === 'tls' ? tlsSchema.shape : environmentSchema.shape);
}

function placeOf(path: readonly string[]): string {
  if (path.length === 0) return 'in this file';
  if (path[0] === 'environments' && path.length === 2) return `in the environment \`${path[1] ?? ''}\``;
  return `in \`${path.at(-1) ?? ''}\``;
}

function missing(path: readonly string[]): DescribedIssue {
  const key = path.at(-1) ?? '';
  if (key === 'version') {
    return { code: 'missing-version', message: 'The file does not say `version: 1`.', path, isAboutKey: true };
  }
  if (path[0] === 'environments' && path.length === 1) {
    const message = 'There are no environments: add at least one, with a `url`.';
    return { code: 'no-environments', message, path, isAboutKey: true };
  }
  const message =
    path.length === 1 ? `\`${key}\` is empty.` : `The environment \`${path[1] ?? ''}\` has no \`${key}\`.`;
  return { code: 'missing-key', message, path, isAboutKey: true };
}

function wrongValue(issue: z.core.$ZodIssue, path: readonly string[], value: unknown): string {
  const key = path.at(-1) ?? '';
  if (path.length === 1 && key === 'version') return 'Pipebase reads version 1 of this format, and no other.';
  if (path[0] === 'environments' && path.length === 2) return `The environment \`${key}\` needs at least a \`url\`.`;
  if (issue.code === 'invalid_value')
    return `\`${key}\` must be ${issue.values.map((each) => `\`${String(each)}\``).join(' or ')}.`;
  if (key === 'timeoutMs') return '`timeoutMs` must be a whole number of milliseconds from 1 to 600000.';
  const expected =
    issue.code === 'invalid_type' ? (words[issue.expected] ?? issue.expected) : 'a text that is not empty';
  const isUnquoted = expected === words.string && (typeof value === 'number' || typeof value === 'boolean');
  const subject = /^\d+$/.test(key) ? 'Each item here' : `\`${key}\``;
  return `${subject} must be ${expected}${isUnquoted ? ': put quotes around it' : ''}.`;
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function valueAt(input: unknown, path: readonly string[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
