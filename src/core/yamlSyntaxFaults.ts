import type { Document, YAMLError } from 'yaml';
import { findUnclosed } from './findUnclosed';
import type { RangeOf } from './readYaml';
import type { Fault } from './source';

/** A file can hold a warning per line; beyond these nobody reads on. */
const maxWarnings = 100;

/** What is wrong, and from where to where, as offsets. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/**
 * The first syntax fault of a text, and no other: the parser takes what follows for something that nobody meant
 * (decided). Where there is none, the warnings.
 */
export function yamlSyntaxFaults(
  { errors, warnings }: Pick<Document.Parsed, 'errors' | 'warnings'>,
  text: string,
  file: string,
  rangeOf: RangeOf,
): readonly Fault[] {
  const faultAt = (severity: Fault['severity'], { start, end, message }: Place): Fault => {
    return { severity, code: 'yaml-syntax', message, file, range: rangeOf(start, end) };
  };
  if (errors.length > 0) return [faultAt('error', firstError(errors, text))];
  // A tag such as that of `{{!x}}` is no trouble of its own.
  const told = warnings.slice(0, maxWarnings).filter(({ pos: [start] }) => barePlaceholder(text, start) === undefined);
  return told.map((warning) => faultAt('warning', placeOf(warning, text)));
}

function firstError(errors: readonly YAMLError[], text: string): Place {
  const first = errors.reduce((earliest, each) => (each.pos[0] < earliest.pos[0] ? each : earliest));
  const unclosed = findUnclosed(text);
  if (unclosed !== undefined && unclosed <= first.pos[0]) return unclosedPlace(text, unclosed);
  return barePlaceholder(text, first.pos[0]) ?? placeOf(first, text);
}

function unclosedPlace(text: string, start: number): Place {
  const opened = text.charAt(start);
  const end = start + 1;
  if (opened === '"' || opened === "'") {
    return {
      start,
      end,
      message: `The text that begins here has no closing \`${opened}\`, or a line of it is indented too little.`,
    };
  }
  const closing = opened === '[' ? ']' : '}';
  const message = `This \`${opened}\` is not closed: its \`${closing}\` is missing, or a line before that is indented too little.`;
  return barePlaceholder(text, start) ?? { start, end, message };
}

/** The placeholder without quotes in the line of an offset. */
function barePlaceholder(text: string, offset: number): Place | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd === -1 ? undefined : Math.min(lineEnd, lineStart + 1000));
  const found = /^[^'"#]*?[:-]\s+(?<value>\{\{\S*)/d.exec(line)?.indices?.groups?.value;
  if (!found) return undefined;
  const message =
    'A value that begins with `{{` needs quotes around it: YAML reads a bare brace as the start of a map.';
  return { start: lineStart + found[0], end: lineStart + found[1], message };
}

function placeOf({ pos: [start, end], code, message }: YAMLError, text: string): Place {
  if (code === 'BAD_SCALAR_START') {
    return { start, end, message: `A text that begins with \`${text.charAt(start)}\` needs quotes around it.` };
  }
  const words =
    sentences[message] ?? sentences[isTabbed(text, start) && code === 'UNEXPECTED_TOKEN' ? 'TAB_AS_INDENT' : code];
  return { start, end, message: words ?? `This is not valid YAML: ${message.replace(/\.$/, '')}.` };
}

/** In the items of a list the library stumbles over what stands behind a tab instead. */
function isTabbed(text: string, offset: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*\t[ \t]*$/.test(text.slice(lineStart, offset));
}

const otherIndent = 'This line is indented unlike those that it belongs to.';

/** By the library's code for a fault, or by its words where a code stands for several. */
const sentences: Readonly<Record<string, string | undefined>> = {
  MULTIPLE_DOCS: 'This file holds several YAML documents. Keep one: a `---` may stand only at its start.',
  TAB_AS_INDENT: 'A tab cannot indent YAML. Use spaces.',
  BAD_DQ_ESCAPE: 'YAML has no such escape between double quotes. Write `\\\\` for a backslash, or use single quotes.',
  BAD_INDENT: otherIndent,
  'Sequence item without - indicator': otherIndent,
  'A block sequence may not be used as an implicit map key': otherIndent,
  BLOCK_AS_IMPLICIT_KEY: 'A value with a colon in it needs quotes; without one, the next line is indented too far.',
  MULTILINE_IMPLICIT_KEY: 'A `:` with a space behind it is missing in this line, or the next one is indented too far.',
  BLOCK_IN_FLOW: 'Between braces or brackets a comma is missing here, or dashes stand where commas belong.',
  UNEXPECTED_TOKEN: 'This is not expected here: a quote, a comma or a bracket is missing, or one is too many.',
  'Unexpected block-seq-ind on same line with key': 'A list begins in a line of its own, below its key.',
  'Implicit map keys need to be followed by map values': 'A `:` is missing behind this key.',
};
