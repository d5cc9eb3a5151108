import { type Alias, isAlias, isMap, isScalar, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { RangeOf } from '../readYaml';
import type { Fault } from '../source';

/** A file can hold a fault per character; beyond these nobody reads on. */
const maxFaults = 500;

/** What a text with placeholders stands for; undefined where nobody here knows. */
export type ResolveText = (text: string) => string | undefined;

/** A flow's text while it is being read: where faults gather, and what its aliases stand for. */
export class FlowText {
  readonly faults: Fault[] = [];
  readonly targets = new Map<Alias, ParsedNode>();

  constructor(
    readonly text: string,
    readonly file: string,
    readonly rangeOf: RangeOf,
    private readonly resolved: ResolveText = (text) => text,
  ) {}

  report(severity: Fault['severity'], code: string, message: string, start: number, end: number): void {
    if (this.faults.length >= maxFaults) return;
    this.faults.push({ severity, code, message, file: this.file, range: this.rangeOf(start, end) });
  }

  reportAt(node: ParsedNode, severity: Fault['severity'], code: string, message: string): void {
    this.report(severity, code, message, node.range[0], node.range[1]);
  }

  /** The node, or what an alias stands for. */
  resolve(node: unknown): ParsedNode | undefined {
    const target = isAlias(node) ? this.targets.get(node) : node;
    return (target ?? undefined) as ParsedNode | undefined;
  }

  map(node: unknown): YAMLMap.Parsed | undefined {
    const resolved = this.resolve(node);
    return isMap(resolved) ? resolved : undefined;
  }

  scalar(node: unknown): Scalar.Parsed | undefined {
    const resolved = this.resolve(node);
    return isScalar(resolved) ? resolved : undefined;
  }

  /** What a map holds under a key, which Camel takes with dashes, too: `inline-routes`. */
  child(node: unknown, key: string): ParsedNode | undefined {
    const pair = this.map(node)?.items.find((item) => isScalar(item.key) && inCamelCase(item.key.source) === key);
    return this.resolve(pair?.value);
  }

  /** The text under a key of a map, unless it is blank. */
  textNode(node: unknown, key: string): Scalar.Parsed | undefined {
    const scalar = this.scalar(this.child(node, key));
    return scalar?.source.trim() === '' ? undefined : scalar;
  }

  /** The same as Camel reads it: never re-typed. */
  textOf(node: unknown, key: string): string | undefined {
    return this.textNode(node, key)?.source;
  }

  /** With its placeholders answered as far as that is known here. */
  valueOf(text: string | undefined): string | undefined {
    return text?.includes('{{') ? this.resolved(text) : text;
  }

  valueAt(node: unknown, key: string): string | undefined {
    return this.valueOf(this.textOf(node, key));
  }

  isTrue(node: unknown, key: string): boolean {
    return this.valueAt(node, key)?.toLowerCase() === 'true';
  }
}

function inCamelCase(key: string): string {
  return key.includes('-') ? key.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()) : key;
}
