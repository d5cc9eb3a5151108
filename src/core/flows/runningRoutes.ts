import { endpointText } from './endpointText';
import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';
import { isInlining, type RestOperation, restOperations } from './restOperations';

/**
 * The routes that Camel makes of a flow: their ids, `undefined` where Camel names one itself. Templates and route
 * configurations run nothing; of a `rest` each operation is a route, and one that leads to a `direct:` route of this
 * flow takes that one's place (Camel 4.18: `inlineRoutes`).
 */
export function runningRoutes(items: readonly FlowItem[], flow: FlowText): readonly (string | undefined)[] {
  const operations = items.flatMap(({ root, value }) => (root === 'rest' ? restOperations(value, flow) : []));
  const inlined = new Map<string, RestOperation>();
  if (isInlining(items, flow)) {
    for (const each of operations)
      if (each.to?.startsWith('direct:') && !inlined.has(each.to)) inlined.set(each.to, each);
  }
  const routes = routesOf(items, flow, inlined);
  const taken = new Set(routes.map(({ operation }) => operation));
  const own = operations.filter((each) => !taken.has(each)).map((operation) => ({ id: undefined, operation }));
  const ids = named([...routes, ...own], flow);
  return [...ids, ...templatedIds(items, flow, ids)];
}

interface Route {
  readonly id: string | undefined;
  /** The operation that is one route with it. */
  readonly operation?: RestOperation | undefined;
}

function routesOf(
  items: readonly FlowItem[],
  flow: FlowText,
  inlined: ReadonlyMap<string, RestOperation>,
): readonly Route[] {
  return items.flatMap(({ root, value }) => {
    if (root !== 'route' && root !== 'from') return [];
    // The `id` of a compact `from` is that of the `from` itself, so Camel names the route.
    const id = root === 'route' ? flow.textOf(value, 'id') : undefined;
    const uri = endpointText(root === 'route' ? flow.child(value, 'from') : value, flow) ?? '';
    return [{ id, operation: inlined.get(uri) }];
  });
}

/** The `id` of an operation yields to everything that is called so already. */
function named(routes: readonly Route[], flow: FlowText): readonly (string | undefined)[] {
  const fixed = routes.map(({ id, operation }) => flow.valueOf(id ?? operation?.routeId?.source));
  const known = new Set(fixed);
  return routes.map(({ id, operation }, index) => {
    const own = fixed[index];
    const offered = id === undefined && operation?.routeId === undefined ? flow.valueOf(operation?.id) : undefined;
    if (own !== undefined || offered === undefined || known.has(offered)) return own;
    known.add(offered);
    return offered;
  });
}

/** Of a template's route and another one with the same id Camel keeps one. */
function templatedIds(
  items: readonly FlowItem[],
  flow: FlowText,
  others: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const known = new Set(others);
  return items.flatMap(({ root, value }) => {
    if (root !== 'templatedRoute') return [];
    const id = flow.valueAt(value, 'routeId');
    if (id !== undefined && known.has(id)) return [];
    known.add(id);
    return [id];
  });
}
