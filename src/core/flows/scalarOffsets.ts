import type { Scalar } from 'yaml';

/** Where the characters of a scalar's text stand in the file. */
export interface ScalarOffsets {
  /** Offset in the file of the text's unit at `index`; of blanks no more is known than that they are between others. */
  readonly startOf: (index: number) => number;
  /** Offset just behind that unit, which an escape sequence can make longer than one. */
  readonly endOf: (index: number) => number;
}

/**
 * Maps the text of a scalar to the file, in every style. Folding, chomping and indentation change nothing but blanks and
 * line breaks, so the n-th other unit of the text is the n-th other unit of the source. Only escapes need decoding.
 */
export function scalarOffsets(file: string, scalar: Scalar.Parsed): ScalarOffsets {
  const [from, to] = contentOf(file, scalar);
  if (scalar.source.length === to - from && file.startsWith(scalar.source, from)) return verbatim(from);
  const starts: number[] = [];
  const ends: number[] = [];
  const take = (start: number, end: number): void => {
    starts.push(start);
    ends.push(end);
  };
  if (scalar.type === 'QUOTE_DOUBLE') takeDoubleQuoted(file, from, to, take);
  else takeVerbatim(file, from, to, scalar.type === 'QUOTE_SINGLE', take);
  const ranks = ranksOf(scalar.source);
  return {
    startOf: (index) => starts[ranks[index] ?? 0] ?? from,
    endOf: (index) => ends[ranks[index] ?? 0] ?? to,
  };
}

/** Most scalars: one line, nothing escaped. */
function verbatim(from: number): ScalarOffsets {
  return {
    startOf(index) {
      return from + index;
    },
    endOf(index) {
      return from + index + 1;
    },
  };
}

type Take = (start: number, end: number) => void;

/** The stretch between the quotes, or behind the header of a block scalar. */
function contentOf(file: string, scalar: Scalar.Parsed): readonly [number, number] {
  const [start, end] = scalar.range;
  switch (scalar.type) {
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
      return [start + 1, end - 1];
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return [file.indexOf('\n', start) + 1, end];
    default:
      return [start, end];
  }
}

/** For each unit of the text, how many units before it are not blank. */
function ranksOf(text: string): Uint32Array {
  const ranks = new Uint32Array(text.length);
  let rank = 0;
  for (let index = 0; index < text.length; index++) {
    ranks[index] = rank;
    if (!isBlank(text[index])) rank++;
  }
  return ranks;
}

function takeVerbatim(file: string, from: number, to: number, isSingleQuoted: boolean, take: Take): void {
  for (let index = from; index < to; index++) {
    if (isBlank(file[index])) continue;
    const start = index;
    if (isSingleQuoted && file[index] === "'") index++;
    take(start, index + 1);
  }
}

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const blankEscapes: ReadonlySet<string> = new Set([' ', 't', '\t', 'n', 'r', '\n', '\r']);

function takeDoubleQuoted(file: string, from: number, to: number, take: Take): void {
  for (let index = from; index < to; index++) {
    const start = index;
    if (file[index] !== '\\') {
      if (!isBlank(file[index])) take(start, start + 1);
      continue;
    }
    const letter = file[++index] ?? '';
    const digits = hexDigits[letter];
    if (digits === undefined) {
      if (!blankEscapes.has(letter)) take(start, index + 1);
      continue;
    }
    const decoded = decodedHex(file.slice(index + 1, index + 1 + digits));
    index += digits;
    for (const unit of decoded) if (!isBlank(unit)) take(start, index + 1);
  }
}

/** One unit, or two where the escape stands for a character beyond the first plane. */
function decodedHex(digits: string): readonly string[] {
  const code = Number.parseInt(digits, 16);
  // What is no character is a syntax fault of its own, and the parser keeps it as it stands.
  return code <= 0x10ffff ? String.fromCodePoint(code).split('') : digits.split('');
}

function isBlank(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';
}
