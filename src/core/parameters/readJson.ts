/** An entry of a JSON object, with offsets into the text. */
export interface JsonEntry {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';
  /** A string's content; anything else as it is written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Where a text stops being JSON, and what was expected there. */
export class JsonSyntaxError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Parameter files are flat; the bound is for the stack. */
const maxDepth = 100;

/**
 * The entries of a text that is one JSON object (RFC 8259), or undefined where it is some other JSON value. `JSON.parse`
 * would do but for three things: it does not say where an entry stands, nor for sure where a fault is, and it turns `1.10`
 * into 1.1.
 *
 * @throws {JsonSyntaxError} at the first fault
 */
export function readJsonObject(text: string): readonly JsonEntry[] | undefined {
  const reader = new JsonReader(text);
  reader.skipBlanks();
  const entries: JsonEntry[] = [];
  const { kind } = reader.value(0, entries);
  reader.skipBlanks();
  if (!reader.isAtEnd) reader.fail('Nothing may stand behind the closing brace.');
  return kind === 'object' ? entries : undefined;
}

const blanks = /[ \t\r\n]*/y;
// eslint-disable-next-line no-control-regex -- JSON forbids these between quotes
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const word = /(?:true|false|null)(?!\w)/y;

type Value = Pick<JsonEntry, 'kind' | 'text' | 'start' | 'end'>;

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  fail(message: string): never {
    throw new JsonSyntaxError(message, this.at);
  }

  skipBlanks(): void {
    this.take(blanks);
  }

  value(depth: number, entries: JsonEntry[]): Value {
    if (depth > maxDepth) this.fail(`This JSON nests deeper than ${maxDepth} levels.`);
    const start = this.at;
    const done = (kind: Value['kind'], text = this.text.slice(start, this.at)): Value => ({
      kind,
      text,
      start,
      end: this.at,
    });
    const next = this.text[start];
    if (next === '{') {
      this.items('}', () => entries.push(this.entry(depth + 1)));
      return done('object');
    }
    if (next === '[') {
      this.items(']', () => this.value(depth + 1, []));
      return done('array');
    }
    if (next === '"') return done('string', this.string('A text needs a closing quote and valid escapes.'));
    if (this.take(number) !== undefined) return done('number');
    const literal = this.take(word);
    if (literal !== undefined) return done(literal === 'null' ? 'null' : 'boolean');
    return this.fail('A value is expected here: a text in double quotes, a number, true or false.');
  }

  private entry(depth: number): JsonEntry {
    const keyStart = this.at;
    const key = this.string('A key in double quotes is expected here.');
    const keyEnd = this.at;
    this.skipBlanks();
    if (!this.skip(':')) this.fail('A colon is expected here.');
    this.skipBlanks();
    return { key, keyStart, keyEnd, ...this.value(depth, []) };
  }

  private items(close: string, item: () => unknown): void {
    this.at++;
    this.skipBlanks();
    if (this.skip(close)) return;
    do {
      this.skipBlanks();
      item();
      this.skipBlanks();
    } while (this.skip(','));
    if (!this.skip(close)) this.fail(`A comma or \`${close}\` is expected here.`);
  }

  private string(complaint: string): string {
    const source = this.take(string);
    return source === undefined ? this.fail(complaint) : (JSON.parse(source) as string);
  }

  private skip(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}
