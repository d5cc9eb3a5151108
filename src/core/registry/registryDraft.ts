import { isMap, isScalar, type ParsedNode, type YAMLMap } from 'yaml';
import { readYaml } from '../readYaml';
import { scalarText } from './scalarText';
import { type Entry, YamlData } from './yamlData';

/** A registry's text about to be changed in places; what is not named stays byte for byte. */
export class RegistryDraft {
  private readonly changes: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  private constructor(
    readonly data: YamlData,
    private readonly body: string,
    private readonly mark: string,
  ) {}

  /** Undefined where the text is not YAML, or not a map: then nothing in it can be placed for sure. */
  static of(text: string): RegistryDraft | undefined {
    const { document, body, faults } = readYaml(text, '');
    if (!document || !isMap(document.contents) || faults.some(({ severity }) => severity === 'error')) return undefined;
    return new RegistryDraft(new YamlData(document), body, text.slice(0, text.length - body.length));
  }

  get environments(): readonly Entry[] {
    return this.data.entries(this.data.entry(this.data.root, 'environments')?.value);
  }

  environment(id: string): Entry | undefined {
    return this.environments.find(({ key }) => key.source === id);
  }

  /** The text of a scalar field. */
  field(environment: Entry, name: string): string | undefined {
    const value = this.data.resolve(this.data.entry(environment.value, name)?.value);
    return isScalar(value) ? value.source : undefined;
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

  removeEnvironment(environment: Entry): void {
    const map = this.data.resolve(this.data.entry(this.data.root, 'environments')?.value);
    if (isMap(map)) this.removeEntry(map, environment);
  }

  /** Takes the lines of an entry away; in a flow map, the entry and the comma that goes with it. */
  private removeEntry(map: YAMLMap.Parsed, { key, value }: Entry): void {
    const end = value?.range[1] ?? key.range[1];
    if (map.flow) {
      const behind = /^\s*,\s*/.exec(this.body.slice(end))?.[0].length;
      const before = /,\s*$/.exec(this.body.slice(0, key.range[0]))?.[0].length ?? 0;
      this.change(key.range[0] - (behind === undefined ? before : 0), end + (behind ?? 0), '');
      return;
    }
    const lineStart = this.body.lastIndexOf('\n', key.range[0]) + 1;
    const lastLine = this.body.indexOf('\n', Math.max(end - 1, key.range[1]));
    const behind = lastLine === -1 ? this.body.length : lastLine + 1;
    const above = this.data.entries(map).findLast((each) => each.key.range[0] < key.range[0]);
    const blank = above && this.mayEndInBlankLines(above) ? 0 : this.blankLineToo(lineStart, behind);
    this.change(lineStart - blank, behind, '');
  }

  /** Blank lines behind a text that keeps them (`|+`, `>+`) are a part of it. */
  private mayEndInBlankLines({ key, value }: Entry): boolean {
    return /[|>]\d?\+/.test(this.body.slice(key.range[0], value?.range[1]));
  }

  /** The length of the blank line before some lines, where another one, or the end of the text, follows them: one is enough. */
  private blankLineToo(start: number, end: number): number {
    if (!/^[ \t]*(?:\r?\n|$)/.test(this.body.slice(end))) return 0;
    return /\n([ \t]*\r?\n)$/.exec(this.body.slice(0, start))?.[1]?.length ?? 0;
  }

  /** Lines behind the last environment, indented and set off like it; each line is given without indentation. */
  appendEnvironment(lines: readonly string[]): void {
    const [last, before] = this.environments.toReversed();
    const holder = this.data.entry(this.data.root, 'environments');
    const indent = last ? this.indentOf(last.key) : '  ';
    const added = lines.map((line) => `${indent}${line}${this.lineBreak}`).join('');
    const isSetOff = last && before && this.isBehindBlankLine(last) && !this.mayEndInBlankLines(last);
    const text = isSetOff ? this.lineBreak + added : added;
    const from = last ? Math.max((last.value?.range[1] ?? 0) - 1, last.key.range[1]) : (holder?.key.range[1] ?? 0);
    const lineEnd = this.body.indexOf('\n', from);
    if (lineEnd !== -1) this.change(lineEnd + 1, lineEnd + 1, text);
    else this.change(this.body.length, this.body.length, this.lineBreak + text);
  }

  /** Comments right above an entry belong to it. */
  private isBehindBlankLine({ key }: Entry): boolean {
    const lineStart = this.body.lastIndexOf('\n', key.range[0]) + 1;
    return /\n[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*$/.test(this.body.slice(0, lineStart));
  }

  get isEnvironmentsBlock(): boolean {
    const holder = this.data.entry(this.data.root, 'environments');
    const map = holder?.value;
    return holder !== undefined && (!map || (isMap(map) ? !map.flow : isScalar(map) && map.source === ''));
  }

  finish(): string {
    let text = this.body;
    for (const change of this.changes.toSorted((left, right) => right.start - left.start)) {
      text = text.slice(0, change.start) + change.text + text.slice(change.end);
    }
    return this.mark + text;
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
    return this.body.includes('\r\n') ? '\r\n' : '\n';
  }

  private indentOf(key: ParsedNode): string {
    const lineStart = this.body.lastIndexOf('\n', key.range[0] - 1) + 1;
    return /^ */.exec(this.body.slice(lineStart, key.range[0]))?.[0] ?? '';
  }
}
