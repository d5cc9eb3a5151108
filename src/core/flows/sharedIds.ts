import { isSeq, type ParsedNode } from 'yaml';
import type { FlowText } from './flowText';
import type { RunningRoute } from './runningRoutes';
import type { TemplatedRoute } from './templatedRoutes';

/** An id where it is written. */
interface WrittenId {
  readonly id: string;
  readonly node: ParsedNode;
  readonly isRoute: boolean;
}

/** Camel refuses a flow in which two routes or steps have one id. */
export function reportSharedIds(
  routes: readonly RunningRoute[],
  templated: readonly TemplatedRoute[],
  flow: FlowText,
): void {
  const known = new Set<string>();
  for (const route of routes) {
    if (route.original) reportCopy(route, route.original, flow);
    const own = new Set<string>();
    for (const { id, node, isRoute } of idsOf(route, flow)) {
      // Of routes Camel compares what placeholders stand for; of steps the text, and none that begins with one.
      const isComparable = isRoute || !id.startsWith('{{');
      if (own.has(id) || (isComparable && known.has(id))) reportShared(id, node, flow);
      own.add(id);
    }
    for (const id of own) known.add(id);
  }
  reportTemplated(new Set(routes.map(({ id }) => id)), templated, flow);
}

/** Steps of templates are compared with those of the same one alone, and with the id that its route gets. */
function reportTemplated(known: Set<string | undefined>, templated: readonly TemplatedRoute[], flow: FlowText): void {
  const reported = new Set<ParsedNode>();
  for (const { id, idNode, from } of templated) {
    const own = new Set<string>();
    for (const each of stepIds(flow.child(from, 'steps'), flow)) {
      if (own.has(each.id) && !reported.has(each.node)) reportShared(each.id, each.node, flow);
      if (own.has(each.id)) reported.add(each.node);
      own.add(each.id);
    }
    if (id === undefined || !idNode) continue;
    // A plain id takes the other route's place. One that is made of placeholders stands beside it, and Camel could never
    // take both away again (decided).
    const isBeside = idNode.source.includes('{{') && known.has(id);
    if (own.has(id) || isBeside) reportShared(id, idNode, flow);
    known.add(id);
  }
}

function reportShared(id: string, node: ParsedNode, flow: FlowText): void {
  const message = `Two routes or steps of this flow have the id \`${id}\`. Give one of them another id.`;
  flow.reportAt(node, 'error', 'shared-id', message);
}

/** Camel makes the route again for each further `rest` that leads to it, and its ids with it. */
function reportCopy({ operation }: RunningRoute, original: RunningRoute, flow: FlowText): void {
  const ofOperation: readonly unknown[] = [original.operation?.routeId, original.operation?.id];
  const first = idsOf(original, flow).find(({ node }) => !ofOperation.includes(node));
  if (!first || !operation?.toNode) return;
  const message = `Another \`rest\` leads to \`${operation.to ?? ''}\`, too. Camel makes that route twice, and the id \`${first.id}\` with it. Give each \`rest\` its own.`;
  flow.reportAt(operation.toNode, 'error', 'shared-target', message);
}

function idsOf({ id, idNode, from, operation }: RunningRoute, flow: FlowText): readonly WrittenId[] {
  const own = idNode && id !== undefined ? [{ id, node: idNode, isRoute: true }] : [];
  const steps = from ? stepIds(flow.child(from, 'steps'), flow) : stepId(operation?.toNode, flow);
  return [...own, ...steps];
}

function stepId(node: ParsedNode | undefined, flow: FlowText): readonly WrittenId[] {
  const scalar = flow.textNode(node, 'id');
  return scalar ? [{ id: scalar.source, node: scalar, isRoute: false }] : [];
}

/**
 * Those of all steps that Camel compares: also in a `choice`, but not in the clauses of others, such as `doCatch`. Of
 * steps that an alias repeats the first id alone is there again: that is enough to be refused, and aliases of aliases
 * cost nothing.
 */
function stepIds(
  steps: ParsedNode | undefined,
  flow: FlowText,
  seen = new Map<ParsedNode, readonly WrittenId[]>(),
): readonly WrittenId[] {
  if (!isSeq(steps)) return [];
  const again = seen.get(steps);
  if (again) return again;
  seen.set(steps, []);
  const ids = steps.items.flatMap((step) => {
    const [pair] = flow.map(step)?.items ?? [];
    const content = flow.resolve(pair?.value);
    const whens = flow.child(content, 'when');
    const branches = [
      content,
      ...(isSeq(whens) ? (whens.items as readonly ParsedNode[]) : []),
      flow.child(content, 'otherwise'),
    ];
    return [
      ...stepId(content, flow),
      ...branches.flatMap((branch) => stepIds(flow.child(branch, 'steps'), flow, seen)),
    ];
  });
  seen.set(steps, ids.slice(0, 1));
  return ids;
}
