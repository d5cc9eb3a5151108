/** A place in a text: zero-based line and column, and the offset, all in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open stretch of a text. */
export interface SourceRange {
  readonly start: Position;
  readonly end: Position;
}

export const startOfFile: SourceRange = {
  start: { line: 0, column: 0, offset: 0 },
  end: { line: 0, column: 0, offset: 0 },
};

/** Something wrong in a file that the user wrote; the sentence says what, where and what to do. */
export interface Fault {
  readonly severity: 'error' | 'warning';
  /** Stable identifier for quick fixes and tests, such as `unknown-key`. */
  readonly code: string;
  readonly message: string;
  /** The file, as the adapter that read it names it (a URI text). */
  readonly file: string;
  readonly range: SourceRange;
}
