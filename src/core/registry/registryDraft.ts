import { type Document, isMap, isScalar, type ParsedNode, visit, type YAMLMap } from 'yaml';
import { readYaml } from '../readYaml';
import { scalarText } from './scalarText';
import { type Entry, YamlData } from './yamlData';

/** A registry's text about to be changed in places; what is not named stays byte for byte. */
export class RegistryDraft {
  private readonly changes: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  private constructor(
    readonly data: YamlData,
    private readonly body: string,
    private readonly text: string,
    /** Some keys are maps, lists or aliases, which nobody here looks at. */
    readonly hasOddKeys: boolean,
  ) {}

  /** Undefined where the text is neither a YAML map nor empty: then nothing in it can be placed for sure. */
  static of(text: string): RegistryDraft | undefined {
    const { document, body, faults } = readYaml(text, '');
    if (!document || faults.some(({ severity }) => severity === 'error')) return undefined;
    const { contents } = document;
    const isEmpty = contents === null || (isScalar(contents) && contents.source === '');
    if (!isEmpty && !isMap(contents)) return undefined;
    return new RegistryDraft(new YamlData(document), body, text, hasOddKeys(document));
  }

  /** Nothing but comments. */
  get isEmpty(): boolean {
    return !isMap(this.data.root);
  }

  get environments(): readonly Entry[] {
    return this.data.entries(this.data.entry(this.data.root, 'environments')?.value);
  }

  environment(id: string): Entry | undefined {
    return this.environments.find(({ key }) => key.source === id);
  }

  /** The text of a scalar field; undefined where it is empty, too. */
  field(environment: Entry, name: string): string | undefined {
    const value = this.data.resolve(this.data.entry(environment.value, name)?.value);
    return isScalar(value) && value.value !== null ? value.source : undefined;
  }

  /** A text field, in the quotes that it has. */
  setText(environment: Entry, name: string, text: string): void {
    this.setField(environment, name, this.inStyleOf(this.data.entry(environment.value, name)?.value, text));
  }

  setField(environment: Entry, name: string, scalar: string): void {
    const current = this.data.entry(environment.value, name);
    if (current) this.replaceValue(current, scalar);
    else this.addField(environment, `${name}: ${scalar}`);
  }

  removeField(environment: Entry, name: string): void {
    const entry = this.data.entry(environment.value, name);
    if (entry) this.removeEntry(environment.value as YAMLMap.Parsed, entry);
  }

  replaceKey({ key }: Entry, text: string): void {
    this.change(key.range[0], key.range[1], this.inStyleOf(key, text));
  }

  /** An empty value has no place of its own: the new one goes right behind the colon. */
  private replaceValue({ key, value }: Entry, text: string): void {
    if (!value || value.range[0] === value.range[1]) {
      const colon = this.body.indexOf(':', key.range[1]) + 1;
      this.change(colon, colon, ` ${text}`);
      return;
    }
    // An alias or a block scalar ends where its line does; both are replaced as they stand.
    const isBlock = isScalar(value) && (value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED');
    this.change(value.range[0], value.range[1], isBlock ? `${text}${this.lineBreak}` : text);
  }

  private addField({ key, value }: Entry, line: string): void {
    const [first] = this.data.entries(value);
    if (!value || !isMap(value) || !first) {
      const isFlow = isMap(value) && value.flow;
      const colon = this.body.indexOf(':', key.range[1]) + 1;
      if (isFlow) this.change(value.range[0] + 1, value.range[0] + 1, ` ${line} `);
      else this.change(colon, colon, `${this.lineBreak}${this.indentOf(key)}  ${line}`);
      return;
    }
    const at = first.key.range[0];
    this.change(at, at, value.flow ? `${line}, ` : `${line}${this.lineBreak}${this.indentOf(first.key)}`);
  }

  /** With the comments that are about it. */
  removeEnvironment(environment: Entry): void {
    const map = this.data.resolve(this.data.entry(this.data.root, 'environments')?.value);
    if (!isMap(map)) return;
    if (map.flow) this.removeEntry(map, environment);
    else this.removeLines(map, environment, this.startOfComments(environment), this.endOfEnvironment(environment));
  }

  /** Takes the lines of an entry away; in a flow map, the entry and the comma that goes with it. */
  private removeEntry(map: YAMLMap.Parsed, entry: Entry): void {
    const { key, value } = entry;
    const end = value?.range[1] ?? key.range[1];
    if (!map.flow) {
      this.removeLines(map, entry, this.startOfLine(key.range[0]), this.endOfLines(entry));
      return;
    }
    const behind = /^\s*,\s*/.exec(this.body.slice(end))?.[0].length;
    const before = /,\s*$/.exec(this.body.slice(0, key.range[0]))?.[0].length ?? 0;
    this.change(key.range[0] - (behind === undefined ? before : 0), end + (behind ?? 0), '');
  }

  /** One blank line is enough where two would be left; behind a text that keeps them none is. */
  private removeLines(map: YAMLMap.Parsed, { key }: Entry, start: number, end: number): void {
    const above = this.data.entries(map).findLast((each) => each.key.range[0] < key.range[0]);
    if (above && this.mayEndInBlankLines(above)) {
      const blank = /^(?:[ \t]*\r?\n)*/.exec(this.body.slice(end))?.[0].length ?? 0;
      this.change(start, end + blank, '');
    } else {
      this.change(start - this.blankLineToo(start, end), end, '');
    }
  }

  /** Blank lines behind a text that keeps them (`|+`, `>+`) are a part of it. */
  private mayEndInBlankLines({ key, value }: Entry): boolean {
    return /[|>]\d?\+/.test(this.body.slice(key.range[0], value?.range[1]));
  }

  /** The length of the blank line before some lines, where another one, or the end of the text, follows them. */
  private blankLineToo(start: number, end: number): number {
    if (!/^[ \t]*(?:\r?\n|$)/.test(this.body.slice(end))) return 0;
    return /\n([ \t]*\r?\n)$/.exec(this.body.slice(0, start))?.[1]?.length ?? 0;
  }

  /** Comments right above an environment are about it, unless they are indented like the fields of the one before. */
  private startOfComments({ key }: Entry): number {
    let start = this.startOfLine(key.range[0]);
    const indent = this.indentOf(key).length;
    for (;;) {
      const above = this.startOfLine(start - 1);
      const comment = /^([ \t]*)#/.exec(this.body.slice(above, start));
      if (start === 0 || !comment || (comment[1]?.length ?? 0) > indent) return start;
      start = above;
    }
  }

  /** Behind the last line of an environment and the comments that are indented like its fields. */
  private endOfEnvironment(environment: Entry): number {
    const end = this.endOfLines(environment);
    const [field] = this.data.entries(environment.value);
    const isBlock = field && isMap(environment.value) && !environment.value.flow;
    const { range } = isBlock ? field.key : environment.key;
    const indent = range[0] - this.startOfLine(range[0]) + (isBlock ? 0 : 1);
    const comments = new RegExp(`^(?:(?:[ \\t]*\\r?\\n)*[ \\t]{${indent},}#[^\\n]*(?:\\n|$))+`);
    return end + (comments.exec(this.body.slice(end))?.[0].length ?? 0);
  }

  /** Behind the last line of an entry. */
  private endOfLines(entry: Entry): number {
    const lineEnd = this.body.indexOf('\n', this.endOfEntry(entry));
    return lineEnd === -1 ? this.body.length : lineEnd + 1;
  }

  /** In its last line. An empty value stands behind the comments that follow its key, and says nothing of where that ends. */
  private endOfEntry({ key, value }: Entry): number {
    const last = isMap(value) && !value.flow ? this.data.entries(value).at(-1) : undefined;
    if (last) return this.endOfEntry(last);
    return !value || value.range[0] === value.range[1] ? key.range[1] : Math.max(value.range[1] - 1, key.range[1]);
  }

  private startOfLine(offset: number): number {
    return offset <= 0 ? 0 : this.body.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Lines behind the last environment, indented and set off like it; each line is given without indentation. */
  appendEnvironment(lines: readonly string[]): void {
    const [last, before] = this.environments.toReversed();
    const indent = last ? this.indentOf(last.key) : '  ';
    const added = lines.map((line) => indent + line);
    const isSetOff = last && before && this.isBehindBlankLine(last) && !this.mayEndInBlankLines(last);
    const holder = this.data.entry(this.data.root, 'environments');
    if (last) this.insertLines(this.endOfEnvironment(last), isSetOff ? ['', ...added] : added);
    else if (holder) this.insertLines(this.endOfLines(holder), added);
    else this.insertLines(this.body.length, [...(this.isEmpty ? ['version: 1'] : []), 'environments:', ...added]);
  }

  private insertLines(at: number, lines: readonly string[]): void {
    const isInLine = at > 0 && this.body[at - 1] !== '\n';
    const text = lines.map((line) => line + this.lineBreak).join('');
    this.change(at, at, isInLine ? this.lineBreak + text : text);
  }

  /** Comments right above an entry belong to it. */
  private isBehindBlankLine(entry: Entry): boolean {
    return /\n[ \t]*\r?\n$/.test(this.body.slice(0, this.startOfComments(entry)));
  }

  get isInBraces(): boolean {
    const map = this.data.entry(this.data.root, 'environments')?.value;
    return isMap(map) && map.flow === true;
  }

  /** Undefined where two changes are about one place: then neither is what was meant. */
  finish(): string | undefined {
    let { text } = this;
    const shift = text.length - this.body.length;
    let from = Infinity;
    for (const { start, end, text: written } of this.changes.toSorted((left, right) => right.start - left.start)) {
      if (end > from || start === from) return undefined;
      text = text.slice(0, start + shift) + written + text.slice(end + shift);
      from = start;
    }
    return this.hasOpenEnd ? text.replace(/(?<=[^\r\n])(?:\r\n|[\r\n])$/, '') : text;
  }

  /** Whether the last line stands there without a line break: so it is left. */
  private get hasOpenEnd(): boolean {
    return this.text !== '' && !/[\r\n]$/.test(this.text);
  }

  /** A text in the style of the scalar that it replaces. */
  inStyleOf(replaced: ParsedNode | null | undefined, text: string): string {
    const type = isScalar(replaced) ? replaced.type : undefined;
    return scalarText(text, type === 'QUOTE_SINGLE' ? 'single' : type === 'QUOTE_DOUBLE' ? 'double' : 'none');
  }

  private change(start: number, end: number, text: string): void {
    this.changes.push({ start, end, text });
  }

  private get lineBreak(): string {
    return /\r\n|[\r\n]/.exec(this.text)?.[0] ?? '\n';
  }

  private indentOf(key: ParsedNode): string {
    return /^ */.exec(this.body.slice(this.startOfLine(key.range[0]), key.range[0]))?.[0] ?? '';
  }
}

function hasOddKeys(document: Document.Parsed): boolean {
  let isOdd = false;
  visit(document, {
    Pair: (_, { key }) => {
      isOdd ||= !isScalar(key);
    },
  });
  return isOdd;
}
