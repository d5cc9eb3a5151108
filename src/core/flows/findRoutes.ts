import { isCollection, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import { closestWord } from '../closestWord';
import type { FlowText } from './flowText';
import type { FlowItem } from './reservedPaths';
import type { FlowRoute } from './types';

const routeRoots: readonly string[] = [
  'route',
  'from',
  'rest',
  'routeTemplate',
  'templatedRoute',
  'routeConfiguration',
];
const otherRoots: readonly string[] = [
  'beans',
  'dataFormats',
  'errorHandler',
  'intercept',
  'interceptFrom',
  'interceptSendToEndpoint',
  'onCompletion',
  'onException',
  'restConfiguration',
  'sslContextParameters',
  'transformers',
  'validators',
];
/** They concern the routes that follow. */
const firstRoots: readonly string[] = [
  'intercept',
  'interceptFrom',
  'interceptSendToEndpoint',
  'onCompletion',
  'onException',
];
const knownRoots = [...routeRoots, ...otherRoots];

export interface FlowContent {
  readonly routes: readonly FlowRoute[];
  readonly items: readonly FlowItem[];
}

/** The file's list, item by item: each a map with one key, at least one of them a route (CAMEL-YAML). */
export function findRoutes(root: ParsedNode | null, flow: FlowText): FlowContent {
  const empty = { routes: [], items: [] };
  if (root === null || (isScalar(root) && root.source === '')) {
    flow.report('error', 'empty-flow', 'This file is empty. A flow is a list that holds at least one route.', 0, 0);
    return empty;
  }
  if (!isSeq(root)) {
    const hint = isMap(root) ? ' Put `- ` in front of each item.' : '';
    flow.reportAt(root, 'error', 'not-a-list', `A flow is a YAML list of routes and what goes with them.${hint}`);
    return empty;
  }
  const routes: FlowRoute[] = [];
  const items: FlowItem[] = [];
  // Camel takes an item for one, however often an alias stands for it.
  const nodes = new Set(root.items.map((node) => flow.resolve(node) ?? node));
  for (const node of nodes) readItem(node, flow, routes, items);
  if (routes.length === 0 && items.length === nodes.size) reportNoRoute(root, flow);
  return { routes, items };
}

function readItem(node: ParsedNode, flow: FlowText, routes: FlowRoute[], items: FlowItem[]): void {
  const [pair, ...more] = flow.map(node)?.items ?? [];
  // The walk has told of a key that is a map or a list.
  if (pair && more.length === 0 && isCollection(pair.key)) return;
  if (!pair || more.length > 0 || !isScalar(pair.key)) {
    const keys = more.length > 0 ? ` This one has ${more.length + 1}: is something indented too little?` : '';
    flow.reportAt(
      node,
      'error',
      'not-one-key',
      `Each item of a flow is a map with exactly one key, such as \`route\`.${keys}`,
    );
    return;
  }
  const root = pair.key.source;
  const value = flow.resolve(pair.value);
  if (firstRoots.includes(root) && items.some((earlier) => earlier.root === 'route' || earlier.root === 'from')) {
    const message = `Camel refuses \`${root}\` behind a route. Move it in front of the first one.`;
    flow.reportAt(pair.key, 'error', 'behind-a-route', message);
  }
  items.push({ root, value });
  if (!knownRoots.includes(root)) reportUnknownRoot(pair.key, flow);
  if (!routeRoots.includes(root)) return;
  if (!value || isEmpty(root, value)) flow.reportAt(pair.key, 'error', 'empty-item', `\`${root}\` is empty.`);
  else if (isMap(value) || (root === 'from' && isScalar(value))) routes.push(routeOf(root, value, node, flow));
  else flow.reportAt(value, 'error', 'not-a-map', `\`${root}\` needs a map under it.`);
}

/** Camel takes a `rest`, a template or a configuration without content, and makes nothing of it. */
function isEmpty(root: string, value: ParsedNode): boolean {
  if (isMap(value)) return value.items.length === 0 && (root === 'route' || root === 'from');
  return isScalar(value) && value.source === '';
}

function routeOf(root: string, value: ParsedNode, node: ParsedNode, flow: FlowText): FlowRoute {
  // A compact `from` may be wrapped by a route template's `route`, which carries the id then.
  const id = flow.textOf(value, root === 'templatedRoute' ? 'routeId' : 'id');
  const description = flow.textOf(value, 'description');
  return {
    ...(id !== undefined && { id }),
    ...(description !== undefined && { description: description.trim() }),
    range: flow.rangeOf(node.range[0], node.range[1]),
  };
}

function reportUnknownRoot(key: YAMLMap.Parsed['items'][number]['key'] & { source?: string }, flow: FlowText): void {
  const root = key.source ?? '';
  const camelCase = root.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const meant = knownRoots.includes(camelCase) ? camelCase : closestWord(root, knownRoots);
  const hint = meant === undefined ? 'The runtime may know it.' : `Did you mean \`${meant}\`?`;
  flow.reportAt(key, 'warning', 'unknown-root', `Pipebase does not know \`${root}\` at the top of a flow. ${hint}`);
}

function reportNoRoute(root: ParsedNode, flow: FlowText): void {
  const message = 'This flow has no route: a runtime would have nothing to run.';
  flow.report('error', 'no-route', message, root.range[0], root.range[0]);
}
