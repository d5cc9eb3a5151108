import type { ParsedNode, Scalar } from 'yaml';
import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';

/** A route that Camel makes of a template. */
export interface TemplatedRoute {
  readonly id: string | undefined;
  readonly idNode: Scalar.Parsed | undefined;
  /** The `from` of its template, where that is in this flow. */
  readonly from: ParsedNode | undefined;
}

export function templatedRoutes(items: readonly FlowItem[], flow: FlowText): readonly TemplatedRoute[] {
  const templates = new Map<string | undefined, ParsedNode | undefined>();
  for (const { root, value } of items) {
    const id = flow.textOf(value, 'id');
    // Of two templates with one id the first one counts.
    if (root === 'routeTemplate' && !templates.has(id)) templates.set(id, value);
  }
  return items.flatMap(({ root, value }) => {
    if (root !== 'templatedRoute') return [];
    const idNode = flow.textNode(value, 'routeId');
    const template = templates.get(flow.textOf(value, 'routeTemplateRef'));
    const from = flow.child(template, 'from') ?? flow.child(flow.child(template, 'route'), 'from');
    return [{ id: flow.valueOf(idNode?.source), idNode, from }];
  });
}

/** The ids of all routes: one with the id of another takes its place where it is the route of a template. */
export function runningIds(
  routes: readonly { readonly id: string | undefined }[],
  templated: readonly TemplatedRoute[],
): readonly (string | undefined)[] {
  const ids = routes.map(({ id }) => id);
  const known = new Set(ids);
  for (const { id } of templated) {
    if (id === undefined || !known.has(id)) ids.push(id);
    known.add(id);
  }
  return ids;
}
