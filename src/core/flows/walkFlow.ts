import { type Alias, isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { FlowText } from './flowText';
import { flattened, type PlaceholderProblem, type ScannedPlaceholder, scanPlaceholders } from './placeholders';
import { scalarOffsets } from './scalarOffsets';
import type { Placeholder } from './types';

/** How many nodes a document may have once its aliases are written out; a bomb of nested aliases has billions. */
const maxExpandedNodes = 1_000_000;
const maxPlaceholders = 10_000;
/** Camel's parser counts those that stand for a map or a list. */
const maxAliases = 50;

/**
 * The one pass over all nodes: placeholders with their places, duplicate keys, aliases. Recursion is safe, because
 * `readYaml` bounds the nesting. An alias is not followed: its anchor's scalars count once, where they stand.
 */
export function walkFlow(root: ParsedNode | null, flow: FlowText): readonly Placeholder[] {
  const walk = new Walk(flow);
  walk.visit(root);
  return walk.placeholders;
}

/** Without a size while the walk is still inside of it. */
interface Anchored {
  readonly node: ParsedNode;
  size?: number;
}

class Walk {
  readonly placeholders: Placeholder[] = [];
  /** What each anchor stands for at this point of the document, and how many nodes that is. */
  private readonly anchors = new Map<string, Anchored>();
  private isBombReported = false;
  private aliases = 0;

  constructor(private readonly flow: FlowText) {}

  /** The number of nodes at and under this one, aliases written out. */
  visit(node: ParsedNode | null): number {
    if (node === null) return 1;
    if (isAlias(node)) return this.visitAlias(node);
    const anchored = this.enter(node);
    const size = this.visitContent(node);
    if (anchored) anchored.size = size;
    if (size > maxExpandedNodes && !this.isBombReported) this.reportBomb(node);
    return size;
  }

  private enter(node: Exclude<ParsedNode, Alias.Parsed>): Anchored | undefined {
    if (!node.anchor) return undefined;
    const anchored: Anchored = { node };
    this.anchors.set(node.anchor, anchored);
    return anchored;
  }

  private visitContent(node: ParsedNode): number {
    if (isScalar(node)) {
      this.visitScalar(node);
      return 1;
    }
    let size = 1;
    if (isSeq(node)) for (const item of node.items) size += this.visit(item);
    else if (isMap(node)) size += this.visitMap(node);
    return size;
  }

  private visitMap(map: YAMLMap.Parsed): number {
    if (this.isBarePlaceholder(map)) return 1;
    const keys = map.items.length > 1 ? new Set<string>() : undefined;
    let size = 0;
    for (const { key, value } of map.items) {
      if (isScalar(key)) this.visitKey(key, keys);
      else this.visitComplexKey(key);
      size += 1 + this.visit(value);
    }
    return size;
  }

  private visitKey(key: Scalar.Parsed, known: Set<string> | undefined): void {
    if (key.anchor) this.anchors.set(key.anchor, { node: key, size: 1 });
    if (known?.has(key.source)) {
      this.flow.reportAt(
        key,
        'error',
        'duplicate-key',
        `\`${key.source}\` stands twice in one map. Remove one of them.`,
      );
    }
    known?.add(key.source);
    if (key.source.includes('{{')) {
      const message = 'No parameter is sent for a placeholder in a key. Move it into the value.';
      this.flow.reportAt(key, 'warning', 'placeholder-in-key', message);
    }
  }

  private visitComplexKey(key: ParsedNode): void {
    this.visit(key);
    if (isAlias(key)) return;
    const message = 'Camel refuses a map whose key is no plain text.';
    this.flow.reportAt(key, 'error', 'complex-key', message);
  }

  /** `key: {{x}}` without quotes: to YAML a map whose key is a map, and not a fault. */
  private isBarePlaceholder(map: YAMLMap.Parsed): boolean {
    const inner = this.onlyKey(map);
    if (!isMap(inner)) return false;
    const name = this.onlyKey(inner as YAMLMap.Parsed);
    if (!isScalar(name)) return false;
    const [start, end] = map.range;
    const written = this.flow.text.slice(start, Math.min(end, start + 100));
    const message = `YAML reads \`${written}\` without quotes as a map, which Camel refuses. Write \`"${written}"\`.`;
    this.flow.report('error', 'unquoted-placeholder', message, start, end);
    return true;
  }

  private onlyKey(map: YAMLMap.Parsed): unknown {
    const [pair] = map.items;
    if (!map.flow || map.items.length !== 1 || !pair) return undefined;
    const value: unknown = pair.value;
    const isWithoutValue = value === null || (isScalar(value) && value.source === '');
    return isWithoutValue ? pair.key : undefined;
  }

  private visitAlias(alias: Alias.Parsed): number {
    const anchor = this.anchors.get(alias.source);
    if (!anchor) {
      this.flow.reportAt(alias, 'error', 'unknown-alias', `No anchor \`&${alias.source}\` stands before this alias.`);
      return 1;
    }
    if (anchor.size === undefined) {
      const message = `\`*${alias.source}\` stands inside of what it stands for.`;
      this.flow.reportAt(alias, 'error', 'alias-cycle', message);
      return 1;
    }
    this.flow.targets.set(alias, anchor.node);
    if (!isScalar(anchor.node) && ++this.aliases === maxAliases + 1) {
      const message = `Camel takes no more than ${maxAliases} aliases of maps and lists in a file. Write this one out.`;
      this.flow.reportAt(alias, 'error', 'too-many-aliases', message);
    }
    return anchor.size;
  }

  private reportBomb(node: ParsedNode): void {
    this.isBombReported = true;
    const message = `With its aliases written out this YAML has more than a million nodes. Use fewer aliases.`;
    this.flow.report('error', 'too-many-aliases', message, node.range[0], node.range[0]);
  }

  private visitScalar(scalar: Scalar): void {
    const { source } = scalar as Scalar.Parsed;
    if (!source.includes('{{')) return;
    const scan = scanPlaceholders(source);
    const offsets = scalarOffsets(this.flow.text, scalar as Scalar.Parsed);
    const span = (start: number, end: number): readonly [number, number] => [
      offsets.startOf(start),
      offsets.endOf(end - 1),
    ];
    for (const found of flattened(scan.outermost)) this.keep(found, ...span(found.start, found.end));
    for (const problem of scan.problems) {
      this.flow.report('warning', problem.code, sentences[problem.code], ...span(problem.start, problem.end));
    }
  }

  private keep(found: ScannedPlaceholder, start: number, end: number): void {
    if (this.placeholders.length === maxPlaceholders) {
      const message = `This flow has more than ${maxPlaceholders} placeholders; those behind here are not looked at.`;
      this.flow.report('error', 'too-many-placeholders', message, start, end);
    }
    if (this.placeholders.length > maxPlaceholders) return;
    const { expression, key, kind, isOptional, defaultText } = found;
    const common = { expression, key, kind, isOptional, range: this.flow.rangeOf(start, end) };
    this.placeholders.push(defaultText === undefined ? common : { ...common, defaultText });
  }
}

const sentences: Record<PlaceholderProblem['code'], string> = {
  'half-escaped-placeholder': 'Camel refuses this text: escape both `\\{{` and `\\}}`, or neither.',
  'unbalanced-placeholder': 'Camel refuses this text: `{{` and `}}` do not pair up.',
  'unclosed-placeholder': 'This placeholder has no `}}`; Camel takes all the rest of the text for its key.',
  'spaces-in-placeholder': 'Camel does not trim keys: it looks for one with these spaces. Remove them.',
  'misplaced-negation': 'Camel negates only a placeholder that is the whole text.',
  'deep-placeholder': 'Placeholders nest too deeply here to be looked at.',
};
