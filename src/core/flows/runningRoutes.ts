import type { ParsedNode, Scalar } from 'yaml';
import { endpointText } from './endpointText';
import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';
import { isInlining, type RestOperation, restOperations, restSetting } from './restOperations';

/** A route that Camel makes of a flow. */
export interface RunningRoute {
  /** What its id stands for; `undefined` where Camel names it, or nobody here knows. */
  readonly id: string | undefined;
  /** Where the id is written. */
  readonly idNode: Scalar.Parsed | undefined;
  /** That of a `route` or `from`; the route of an operation has none of its own. */
  readonly from: ParsedNode | undefined;
  /** The operation of a `rest` that is this route, or one with it. */
  readonly operation: RestOperation | undefined;
  /** The route that another `rest` has taken already, and which Camel makes a second time of this operation. */
  readonly original: RunningRoute | undefined;
}

/**
 * The routes that Camel makes of a flow, but for those of templates. Templates and route configurations run nothing; of
 * a `rest` each operation is a route, and one that leads to a `direct:` route of this flow takes that one's place; a
 * description of the API is a route of its own (Camel 4.18: `inlineRoutes`, `apiContextPath`).
 */
export function runningRoutes(items: readonly FlowItem[], flow: FlowText): readonly RunningRoute[] {
  const operations = items.flatMap(({ root, value }) => (root === 'rest' ? restOperations(value, flow) : []));
  const inlined = new Map<string, RestOperation>();
  if (isInlining(items, flow)) {
    for (const each of operations)
      if (each.to?.startsWith('direct:') && !inlined.has(each.to)) inlined.set(each.to, each);
  }
  const written = items.flatMap((item) => writtenRoute(item, inlined, flow));
  const taken = new Map(written.map((route) => [route.operation, route]));
  const own = operations
    .filter((each) => !taken.has(each))
    .map((operation) => {
      const first = operation.to === undefined ? undefined : inlined.get(operation.to);
      const original = first && first.rest !== operation.rest ? taken.get(first) : undefined;
      return { idNode: operation.routeId, from: undefined, operation, original };
    });
  return named([...written, ...own, ...apiDescription(items, flow)], flow);
}

type UnnamedRoute = Omit<RunningRoute, 'id' | 'original'> & { readonly original?: UnnamedRoute | undefined };

function writtenRoute(
  { root, value }: FlowItem,
  inlined: ReadonlyMap<string, RestOperation>,
  flow: FlowText,
): readonly UnnamedRoute[] {
  if (root !== 'route' && root !== 'from') return [];
  const from = root === 'route' ? flow.child(value, 'from') : value;
  const operation = inlined.get(endpointText(from, flow) ?? '');
  // The `id` of a compact `from` is that of the `from` itself, so Camel names the route.
  const idNode = root === 'route' ? flow.textNode(value, 'id') : undefined;
  return [{ idNode: idNode ?? operation?.routeId, from, operation }];
}

function apiDescription(items: readonly FlowItem[], flow: FlowText): readonly UnnamedRoute[] {
  if (!restSetting(items, 'apiContextPath', flow)) return [];
  return [{ idNode: restSetting(items, 'apiContextRouteId', flow), from: undefined, operation: undefined }];
}

/** The `id` of an operation yields to those of all other routes. */
function named(routes: readonly UnnamedRoute[], flow: FlowText): readonly RunningRoute[] {
  const known = new Set(routes.map(({ idNode }) => flow.valueOf(idNode?.source)));
  const done = new Map<UnnamedRoute, RunningRoute>();
  for (const route of routes) {
    const offered = route.idNode ? undefined : route.operation?.id;
    const isFree = !known.has(flow.valueOf(offered?.source));
    const idNode = isFree ? (offered ?? route.idNode) : route.idNode;
    const id = flow.valueOf(idNode?.source);
    known.add(id);
    done.set(route, { ...route, idNode, id, original: route.original && done.get(route.original) });
  }
  return [...done.values()];
}
