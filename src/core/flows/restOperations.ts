import { isSeq, type ParsedNode, type Scalar } from 'yaml';
import { endpointText } from './endpointText';
import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';
import { restVerbs } from './restVerbs';

/** What the routes of a `rest` are made of. */
export interface RestOperation {
  /** Counts as the `id` of a route does. */
  readonly routeId: Scalar.Parsed | undefined;
  /** Camel takes it where nothing else has it. */
  readonly id: Scalar.Parsed | undefined;
  readonly to: string | undefined;
  readonly toNode: ParsedNode | undefined;
  readonly verb: string;
  /** As it is written: Camel takes `/a` and `a` for two. */
  readonly path: string | undefined;
  readonly node: ParsedNode;
  readonly rest: ParsedNode | undefined;
}

/** The operations of a `rest` that are not disabled. One that is made of an OpenAPI document is a single route. */
export function restOperations(rest: ParsedNode | undefined, flow: FlowText): readonly RestOperation[] {
  if (flow.isTrue(rest, 'disabled')) return [];
  const operations = restVerbs.flatMap((verb) => {
    const list = flow.child(rest, verb);
    return isSeq(list) ? list.items.map((node) => operationOf(rest, verb, node, flow)) : [];
  });
  const document = flow.child(rest, 'openApi');
  const all = document ? [...operations, operationOf(rest, 'openApi', document, flow)] : operations;
  return all.filter(({ node }) => !flow.isTrue(node, 'disabled'));
}

function operationOf(rest: ParsedNode | undefined, verb: string, node: ParsedNode, flow: FlowText): RestOperation {
  const toNode = flow.child(node, 'to');
  return {
    routeId: flow.textNode(node, 'routeId'),
    id: verb === 'openApi' ? undefined : flow.textNode(node, 'id'),
    to: endpointText(toNode, flow),
    toNode,
    verb,
    path: flow.scalar(flow.child(node, 'path'))?.source,
    node,
    rest,
  };
}

/** Whether an operation takes the place of the route that it leads to (Camel: `inlineRoutes`). */
export function isInlining(items: readonly FlowItem[], flow: FlowText): boolean {
  return flow.valueOf(restSetting(items, 'inlineRoutes', flow)?.source)?.toLowerCase() !== 'false';
}

/** What `restConfiguration` says under a key; the last word counts. */
export function restSetting(items: readonly FlowItem[], key: string, flow: FlowText): Scalar.Parsed | undefined {
  const nodes = items.map(({ root, value }) => (root === 'restConfiguration' ? flow.textNode(value, key) : undefined));
  return nodes.findLast((node) => node !== undefined);
}
