import { type Alias, isAlias, isMap, isScalar, isSeq, type Document, type ParsedNode, type Scalar } from 'yaml';

/** A map's entry with a scalar key. */
export interface Entry {
  readonly key: Scalar.Parsed;
  readonly value: ParsedNode | null;
}

/** A small configuration document whose nodes can be asked for by path. Aliases are followed. */
export class YamlData {
  private readonly maps = new Map<ParsedNode, ReadonlyMap<string, Entry>>();
  private aliasesLeft = maxAliases;
  private nodesLeft = maxNodes;

  constructor(private readonly document: Document.Parsed) {}

  get root(): ParsedNode | null {
    return this.document.contents;
  }

  resolve(node: ParsedNode | null | undefined): ParsedNode | undefined {
    if (!isAlias(node)) return node ?? undefined;
    if (--this.aliasesLeft < 0) throw new RangeError('it has too many aliases.');
    return node.resolve(this.document) as ParsedNode | undefined;
  }

  /** Whether an alias stands for something. Not counted as following it: {@link plain} has, before. */
  hasAnchor(alias: Alias.Parsed): boolean {
    return alias.resolve(this.document) !== undefined;
  }

  /** The entries of a map, in order. */
  entries(node: ParsedNode | null | undefined): readonly Entry[] {
    const map = this.resolve(node);
    if (!isMap(map)) return [];
    return map.items.flatMap(({ key, value }) => (isScalar(key) ? [{ key: key, value: value }] : []));
  }

  /** The first entry under a key: later ones of the same name are faults. */
  entry(node: ParsedNode | null | undefined, key: string): Entry | undefined {
    const map = this.resolve(node);
    if (!map) return undefined;
    const known = this.maps.get(map) ?? firstOfEach(this.entries(map));
    this.maps.set(map, known);
    return known.get(key);
  }

  /**
   * Plain data as the core schema reads it, keys as the texts they look like; the first of two equal keys counts, and an
   * alias without its anchor is the text that was meant.
   */
  plain(node: ParsedNode | null | undefined, depth = 0): unknown {
    const resolved = this.resolve(node);
    if (isAlias(node) && !resolved) return `*${node.source}`;
    if (--this.nodesLeft < 0) throw new RangeError('its aliases stand for too much.');
    if (depth > maxDepth) throw new RangeError('an alias stands inside of what it stands for.');
    if (isScalar(resolved)) return finite(resolved);
    if (isSeq(resolved)) return resolved.items.map((item) => this.plain(item, depth + 1));
    if (!isMap(resolved)) return undefined;
    const data = new Map<string, unknown>();
    for (const { key, value } of this.entries(resolved)) {
      if (!data.has(key.source)) data.set(key.source, value === null ? null : this.plain(value, depth + 1));
    }
    return Object.fromEntries(data);
  }
}

/** `.inf`, `.nan` and `1e999` are numbers to YAML and to nobody who writes one here. */
function finite({ value, source }: Scalar): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? source : value;
}

function firstOfEach(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.toReversed().map((entry) => [entry.key.source, entry]));
}

/** Following one costs the library a look at the whole document. */
const maxAliases = 2_000;

/** Enough for ten thousand environments; too little for aliases of aliases of aliases. */
const maxNodes = 500_000;

/** Far more than the format has levels. */
const maxDepth = 400;
