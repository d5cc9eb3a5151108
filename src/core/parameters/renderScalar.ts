import type { Scalar } from 'yaml';
import { type ScalarOffsets, scalarOffsets } from '../flows/scalarOffsets';
import type { ScalarChange } from './renderYaml';
import type { Replacement } from './substitute';

/**
 * What takes a scalar's place in the file: its source with the values written into it, in the scalar's own style, or all
 * of it in double quotes where the style does not hold a value.
 */
export function renderScalar(body: string, change: ScalarChange): Replacement {
  const encode = encoderFor(body, change);
  if (!encode) return quotedScalar(body, change);
  const [start, end] = change.scalar.range;
  const offsets: ScalarOffsets = scalarOffsets(body, change.scalar);
  let text = '';
  let from = start;
  for (const replacement of change.replacements) {
    text += body.slice(from, offsets.startOf(replacement.start)) + encode(replacement.text);
    from = offsets.endOf(replacement.end - 1);
  }
  return { start, end, text: text + body.slice(from, end) };
}

/** The whole scalar between double quotes, on one line. Behind a block scalar the line must still end. */
export function quotedScalar(body: string, { scalar, text }: ScalarChange): Replacement {
  const [start, end] = scalar.range;
  if (!isBlock(scalar.type)) return quotedInLine(body, { start, end, text });
  const source = body.slice(start, end);
  const header = source.slice(0, source.search(/\r?\n/));
  const comment = header.replace(/^\S+/, '');
  const lineEnds = source.slice(source.search(/(?:\r?\n[ \t]*)*$/));
  const value = isOpenBlock(body, scalar) ? text.replace(/\n$/, '') : text;
  return { start, end, text: doubleQuoted(value) + comment + withoutTabs(lineEnds) };
}

function quotedInLine(body: string, { start, end, text }: Replacement): Replacement {
  const tabs = /[ \t]*\t/y;
  tabs.lastIndex = end;
  const behind = tabs.exec(body)?.[0] ?? '';
  return { start, end: end + behind.length, text: doubleQuoted(text) + withoutTabs(behind) };
}

/** Camel's reader takes tabs behind a plain scalar and in a block, and none behind quotes. */
function withoutTabs(blanks: string): string {
  return blanks.replaceAll('\t', ' ');
}

type Encode = (value: string) => string;

/** How values are written in the scalar's own style; undefined where that style does not hold them. */
function encoderFor(body: string, change: ScalarChange): Encode | undefined {
  const { scalar, replacements } = change;
  const isPrintable = replacements.every(({ text }) => !unprintable.test(text));
  switch (scalar.type) {
    case 'QUOTE_DOUBLE':
      return survivesFolding(body, change) ? (value) => doubleQuoted(value).slice(1, -1) : undefined;
    case 'QUOTE_SINGLE':
      return isPrintable && isOneLine(change) && survivesFolding(body, change) ? singleQuoted : undefined;
    case 'BLOCK_LITERAL':
      return isPrintable ? literalEncoder(body, change) : undefined;
    case 'BLOCK_FOLDED':
      return isPrintable && isOneLine(change) && keepsIndentation(body, change) ? asIs : undefined;
    default:
      return isPrintable && isOneLine(change) && isPlain(body, change) ? asIs : undefined;
  }
}

const asIs: Encode = (value) => value;
const singleQuoted: Encode = (value) => value.replaceAll("'", "''");

/** What YAML lets no scalar hold but one in double quotes, and half a surrogate pair. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

function isOneLine({ replacements }: ScalarChange): boolean {
  return replacements.every(({ text }) => !text.includes('\n'));
}

/** Over several lines, blanks next to a line break are folded away: values there must begin and end with something else. */
function survivesFolding(body: string, { scalar, replacements }: ScalarChange): boolean {
  const [start, end] = scalar.range;
  if (!body.slice(start, end).includes('\n')) return true;
  return replacements.every(({ text }) => /^[^\s](?:.*[^\s])?$/s.test(text));
}

/** A value at the start of a line of the file must not change how deep that line is indented, nor leave it empty. */
function keepsIndentation(body: string, { scalar, replacements }: ScalarChange): boolean {
  const offsets = scalarOffsets(body, scalar);
  return replacements.every(({ start, text }) => {
    const at = offsets.startOf(start);
    return body.slice(body.lastIndexOf('\n', at), at).trim() !== '' || /^[^\s]/.test(text);
  });
}

/** Line breaks in a literal's value are followed by the literal's own indentation. */
function literalEncoder(body: string, change: ScalarChange): Encode | undefined {
  if (!keepsIndentation(body, change)) return undefined;
  if (isOneLine(change)) return asIs;
  const [start, end] = change.scalar.range;
  const source = body.slice(start, end);
  const isIndented = /^[|>][-+]?[0-9]/.test(source);
  if (isIndented || change.replacements.some(({ text }) => text.endsWith('\n'))) return undefined;
  const indent = /\n( *)[^ \r\n]/.exec(source)?.[1] ?? '';
  const lineBreak = source.includes('\r\n') ? '\r\n' : '\n';
  return (value) => value.replaceAll('\n', lineBreak + indent);
}

/** A text that a reader takes for the same text without quotes around it. In flow style no plain scalar holds `{{`. */
function isPlain(body: string, change: ScalarChange): boolean {
  const { text } = change;
  return survivesFolding(body, change) && !/:(?:\s|$)|\s#|^[-?](?:\s|$)|\s$|\t/.test(text) && !otherTypes.test(text);
}

/** Texts that YAML 1.1 or 1.2 takes for something else: null, booleans, the merge key, numbers, times. */
const otherTypes =
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?(?:0[xob][\da-f_]+|\.?\d[\d_:]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.inf)|\.nan|\d{4}-\d\d?-\d\d?(?:[t\s].*)?)$/i;

/** JSON's strings are YAML's, but for characters that YAML wants escaped. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The library reads a line break at the end of a text that has none. Camel and YAML 1.2.2 (8.1.1.2) do not. */
export function isOpenBlock(body: string, { type, range }: Scalar.Parsed): boolean {
  return isBlock(type) && range[1] === body.length && !/\n[ \t]*$/.test(body);
}

function isBlock(type: string | undefined): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}
