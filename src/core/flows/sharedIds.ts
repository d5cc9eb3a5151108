import { isSeq, type ParsedNode } from 'yaml';
import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';
import { isInlining, type RestOperation, restOperations } from './restOperations';

/** An id where it is written. */
interface WrittenId {
  readonly id: string;
  readonly node: ParsedNode;
  readonly isRoute: boolean;
}

/** Camel refuses a flow in which two routes or steps have one id, or a `rest` has one operation twice. */
export function reportSharedIds(items: readonly FlowItem[], flow: FlowText): void {
  const known = new Set<string>();
  for (const ids of items.map((item) => idsOf(item, flow))) {
    const own = new Set<string>();
    for (const { id, node, isRoute } of ids) {
      // Of routes Camel compares what placeholders stand for; of steps the text, and none that begins with one.
      const isComparable = isRoute || !id.startsWith('{{');
      if (own.has(id) || (isComparable && known.has(id))) reportShared(id, node, flow);
      own.add(id);
    }
    for (const id of own) known.add(id);
  }
  const isInlined = isInlining(items, flow);
  for (const { root, value } of items) {
    if (root === 'rest') reportRepeatedOperations(restOperations(value, flow), isInlined, flow);
  }
}

function reportShared(id: string, node: ParsedNode, flow: FlowText): void {
  const message = `Two routes or steps of this flow have the id \`${id}\`. Give one of them another id.`;
  flow.reportAt(node, 'error', 'shared-id', message);
}

/** A compact `from` has no id of its own. */
function idsOf({ root, value }: FlowItem, flow: FlowText): readonly WrittenId[] {
  if (root !== 'route' && root !== 'from') return [];
  const from = root === 'route' ? flow.child(value, 'from') : value;
  const own = root === 'route' ? idAt(value, true, flow) : [];
  return [...own, ...stepIds(flow.child(from, 'steps'), flow, new Set())];
}

function idAt(node: ParsedNode | undefined, isRoute: boolean, flow: FlowText): readonly WrittenId[] {
  const scalar = flow.scalar(flow.child(node, 'id'));
  const id = isRoute ? flow.valueOf(scalar?.source) : scalar?.source;
  return scalar && id ? [{ id, node: scalar, isRoute }] : [];
}

/**
 * Those of all steps that Camel compares: also in a `choice`, but not in the clauses of others, such as `doCatch`. Steps
 * that aliases stand for are looked at once, so that aliases of aliases cost nothing.
 */
function stepIds(steps: ParsedNode | undefined, flow: FlowText, seen: Set<ParsedNode>): readonly WrittenId[] {
  if (!isSeq(steps) || seen.has(steps)) return [];
  seen.add(steps);
  return steps.items.flatMap((step) => {
    const [pair] = flow.map(step)?.items ?? [];
    const content = flow.resolve(pair?.value);
    const whens = flow.child(content, 'when');
    const branches = [
      content,
      ...(isSeq(whens) ? (whens.items as readonly ParsedNode[]) : []),
      flow.child(content, 'otherwise'),
    ];
    return [
      ...idAt(content, false, flow),
      ...branches.flatMap((branch) => stepIds(flow.child(branch, 'steps'), flow, seen)),
    ];
  });
}

function reportRepeatedOperations(operations: readonly RestOperation[], isInlined: boolean, flow: FlowText): void {
  const asked = new Set<string>();
  const targets = new Set<string>();
  for (const { verb, path, to, node, toNode } of operations) {
    const request = path === undefined ? verb : `${verb} ${path}`;
    if (asked.has(request)) {
      const message = `This \`rest\` has \`${request}\` twice. Give one of them another path.`;
      flow.reportAt(node, 'error', 'repeated-operation', message);
    }
    asked.add(request);
    if (!isInlined || !toNode || !to?.startsWith('direct:')) continue;
    if (targets.has(to)) {
      const message = `Two operations of this \`rest\` lead to \`${to}\`, which can take the place of one only. Give each its own.`;
      flow.reportAt(toNode, 'error', 'shared-target', message);
    }
    targets.add(to);
  }
}
