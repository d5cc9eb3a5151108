import { Composer, type CST, type Document, Lexer, LineCounter, Parser, YAMLParseError } from 'yaml';
import type { Fault, Position, SourceRange } from './source';
import { yamlSyntaxFaults } from './yamlSyntaxFaults';

/** What the runtime takes in one request body (RUNTIME-API), so nothing larger is read. In UTF-8 bytes. */
export const maxTextBytes = 8 * 1024 * 1024;

/**
 * The composer of the yaml library recurses. Where it runs out of stack inside a regular expression, V8 ends the whole
 * process instead of throwing, so nesting is bounded while the text is tokenized. Camel's own tooling stays under 60.
 */
const maxDepth = 200;

export type RangeOf = (start: number, end: number) => SourceRange;

export interface YamlText {
  /** Absent where the text was not fit to be parsed; the faults say why. */
  readonly document?: Document.Parsed;
  /** The text without a byte order mark, and LF for each CR alone: what the offsets of the document's nodes count in. */
  readonly body: string;
  /** The first syntax fault, or warnings. With an error the document is only what could be made of the text. */
  readonly faults: readonly Fault[];
  readonly rangeOf: RangeOf;
}

class TooDeepError extends Error {
  constructor(readonly offset: number) {
    super('too deep');
  }
}

/**
 * Parses one YAML 1.2 document (core schema) of a file that somebody wrote. Never throws: binary, oversized, too deeply
 * nested and broken texts come back as faults. Duplicate keys are left to the caller's own walk, because the library
 * compares each key with each other one.
 */
export function readYaml(text: string, file: string): YamlText {
  // The library takes the mark for a character of the first line's indent, and no CR alone for the line end that it is.
  const body = (text.startsWith('\uFEFF') ? text.slice(1) : text).replaceAll(/\r(?!\n)/g, '\n');
  const lines = new LineCounter();
  const rangeOf = rangesIn(body, lines, text.length - body.length);
  const refusal = refuse(body);
  if (refusal) return { body, faults: [{ ...refusal, severity: 'error', file, range: rangeOf(0, 0) }], rangeOf };
  try {
    const document = compose(body, lines);
    return { document, body, faults: yamlSyntaxFaults(document, body, file, rangeOf), rangeOf };
  } catch (error) {
    const offset = error instanceof TooDeepError ? error.offset : 0;
    return { body, faults: [unparsable(error, file, rangeOf(offset, offset))], rangeOf };
  }
}

function refuse(text: string): { code: string; message: string } | undefined {
  if (isLargerThan(text, maxTextBytes)) {
    return { code: 'file-too-large', message: 'This file is larger than 8 MiB and is not read. Split it.' };
  }
  if (text.includes('\0')) {
    return { code: 'binary-file', message: 'This file holds binary data, not YAML text.' };
  }
  const character = forbidden.exec(text)?.[0];
  if (character !== undefined) {
    const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return { code: 'control-character', message: `This file holds a character that YAML does not allow (${name}).` };
  }
  return undefined;
}

/** What YAML 1.2 does not count as printable. Camel's parser refuses it wherever it stands. */
const forbidden =
  // eslint-disable-next-line no-control-regex
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a text has more UTF-8 bytes than that. */
export function isLargerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  let size = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a surrogate pair counts two: four bytes for the pair.
    size += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return size > bytes;
}

function compose(text: string, lines: LineCounter): Document.Parsed {
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  const documents = [...composer.compose(tokensOf(text, lines), true, text.length)];
  const [first, second] = documents;
  if (!first) throw new Error('The YAML library gave no document.');
  if (second) first.errors.push(new YAMLParseError([second.range[0], second.range[0]], 'MULTIPLE_DOCS', ''));
  return first;
}

function* tokensOf(text: string, lines: LineCounter): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > maxDepth) throw new TooDeepError(parser.offset);
  }
  yield* parser.end();
}

function unparsable(error: unknown, file: string, range: SourceRange): Fault {
  const message =
    error instanceof TooDeepError
      ? `This YAML nests deeper than ${maxDepth} levels and is not read.`
      : `This YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  return { severity: 'error', code: error instanceof TooDeepError ? 'too-deep' : 'yaml-syntax', message, file, range };
}

/**
 * Turns offsets in the body into places in the file. `shift` is the length of a byte order mark: editors do not count it
 * as a column, but it is a unit of the text.
 */
export function rangesIn(body: string, lines: LineCounter, shift: number): RangeOf {
  const positionOf = (offset: number): Position => {
    const within = Math.max(0, Math.min(offset, body.length));
    const { line, col } = lines.linePos(within);
    if (line === 0) return { line: 0, column: within, offset: within + shift };
    return { line: line - 1, column: col - 1, offset: within + shift };
  };
  return (start, end) => ({ start: positionOf(start), end: positionOf(Math.max(start, end)) });
}
