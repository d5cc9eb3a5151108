import { type Alias, isAlias, isMap, isSeq, type ParsedNode } from 'yaml';
import type * as z from 'zod';
import type { RangeOf } from '../readYaml';
import type { Fault } from '../source';
import { describeIssue, type DescribedIssue } from './describeIssue';
import type { Entry, YamlData } from './yamlData';

/** `pipebase.yaml` while it is being read: its nodes, and where faults gather. */
export class RegistryText {
  readonly faults: Fault[] = [];

  constructor(
    readonly data: YamlData,
    readonly file: string,
    readonly rangeOf: RangeOf,
  ) {}

  /** An error at a node; without one, at the start of the file. */
  report(code: string, message: string, node: ParsedNode | null | undefined): void {
    const [start, end] = node?.range ?? [0, 0];
    this.faults.push({ severity: 'error', code, message, file: this.file, range: this.rangeOf(start, end) });
  }

  reportIssues(issues: readonly z.core.$ZodIssue[], input: unknown): void {
    const seen = new Set<string>();
    for (const described of issues.flatMap((issue) => describeIssue(issue, input))) {
      // A union tells each of its branches: one sentence is enough.
      const identity = `${described.path.join('\0')}\0${described.code}`;
      if (!seen.has(identity)) this.report(described.code, described.message, this.nodeOf(described));
      seen.add(identity);
    }
  }

  /** What the schema cannot see: keys that stand twice, of which the first counts, and aliases without an anchor. */
  reportKeysAndAliases(node: ParsedNode | null, path: readonly string[] = []): void {
    if (isAlias(node) && !this.data.hasAnchor(node)) this.reportAlias(node);
    if (isSeq(node)) for (const item of node.items) this.reportKeysAndAliases(item, path);
    if (!isMap(node)) return;
    const known = new Set<string>();
    for (const { key, value } of this.data.entries(node)) {
      if (known.has(key.source)) this.reportDuplicate(key, path);
      known.add(key.source);
      this.reportKeysAndAliases(value, [...path, key.source]);
    }
  }

  /** Nobody who writes a glob pattern means an alias. */
  private reportAlias(alias: Alias.Parsed): void {
    const message = `A text that begins with \`*\` needs quotes: write \`"*${alias.source}"\`.`;
    this.report('unknown-alias', message, alias);
  }

  private reportDuplicate(key: Entry['key'], path: readonly string[]): void {
    const isEnvironment = path.length === 1 && path[0] === 'environments';
    const what = isEnvironment ? `There are two environments \`${key.source}\`` : `\`${key.source}\` stands twice here`;
    this.report(isEnvironment ? 'duplicate-environment' : 'duplicate-key', `${what}: the first one counts.`, key);
  }

  private nodeOf({ path, isAboutKey }: DescribedIssue): ParsedNode | null {
    let node: ParsedNode | null = this.data.root;
    let entry: Entry | undefined;
    for (const key of path) {
      const next: ParsedNode | null | undefined = this.itemOrValue(node, key);
      const inner: Entry | undefined = this.data.entry(node, key);
      if (next === undefined) return entry?.key ?? null;
      entry = inner ?? entry;
      node = next;
    }
    return isAboutKey || node === null || node.range[0] === node.range[1] ? (entry?.key ?? node) : node;
  }

  private itemOrValue(node: ParsedNode | null, key: string): ParsedNode | null | undefined {
    const resolved = this.data.resolve(node);
    if (isSeq(resolved)) return resolved.items[Number(key)];
    return this.data.entry(resolved, key)?.value;
  }
}
