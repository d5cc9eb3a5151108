import { isSeq, type ParsedNode } from 'yaml';
import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';
import { restVerbs } from './restVerbs';

/**
 * The routes that Camel makes of a flow: their ids, `undefined` where Camel names one itself. Templates and route
 * configurations run nothing; of a `rest` each operation is a route, and one that leads to a `direct:` route of this
 * flow takes that one's place (Camel 4.18: `inlineRoutes`).
 */
export function runningRoutes(items: readonly FlowItem[], flow: FlowText): readonly (string | undefined)[] {
  const operations = items.filter(({ root }) => root === 'rest').flatMap(({ value }) => operationsOf(value, flow));
  const inlined = new Map(isInlining(items, flow) ? operations.map((each) => [each.to, each.id]) : []);
  const taken = new Set<string>();
  const routes = items.flatMap(({ root, value }) => {
    if (root === 'templatedRoute') return [flow.textOf(value, 'routeId')];
    if (root !== 'route' && root !== 'from') return [];
    // The `id` of a compact `from` is that of the `from` itself, so Camel names the route.
    const id = root === 'route' ? flow.textOf(value, 'id') : undefined;
    const uri = uriOf(root === 'route' ? flow.child(value, 'from') : value, flow) ?? '';
    if (!uri.startsWith('direct:') || !inlined.has(uri)) return [id];
    taken.add(uri);
    return [id ?? inlined.get(uri)];
  });
  const own = operations.filter(({ to }) => to === undefined || !taken.has(to)).map(({ id }) => id);
  return [...routes, ...own];
}

interface Operation {
  readonly id: string | undefined;
  readonly to: string | undefined;
}

function operationsOf(rest: ParsedNode | undefined, flow: FlowText): readonly Operation[] {
  return restVerbs.flatMap((verb) => {
    const list = flow.child(rest, verb);
    if (!isSeq(list)) return [];
    return list.items.map((item) => ({ id: flow.textOf(item, 'id'), to: uriOf(flow.child(item, 'to'), flow) }));
  });
}

/** An endpoint as a text, or as a map with its `uri`. */
function uriOf(endpoint: ParsedNode | undefined, flow: FlowText): string | undefined {
  return (flow.scalar(endpoint) ?? flow.scalar(flow.child(endpoint, 'uri')))?.source;
}

function isInlining(items: readonly FlowItem[], flow: FlowText): boolean {
  const configurations = items.filter(({ root }) => root === 'restConfiguration');
  return configurations.every(({ value }) => flow.textOf(value, 'inlineRoutes') !== 'false');
}
