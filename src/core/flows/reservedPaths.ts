import { isSeq, type ParsedNode } from 'yaml';
import type { FlowText } from './flowText';
import { restVerbs } from './restVerbs';

/**
 * Reports every route that claims a path under `/_api`, which is the runtime's own (API reference: such a PUT is
 * rejected). Only literal paths can be judged here; one made of placeholders is left to the runtime.
 */
export function reportReservedPaths(items: readonly FlowItem[], flow: FlowText): void {
  const contextPaths = items.filter(({ root }) => root === 'restConfiguration').map(({ value }) => value);
  const base = contextPaths.map((value) => flow.textOf(value, 'contextPath')).find((path) => path !== undefined) ?? '';
  for (const configuration of contextPaths) {
    for (const key of ['contextPath', 'apiContextPath']) judge(flow, '', flow.child(configuration, key));
  }
  for (const { root, value } of items) {
    if (root === 'rest') judgeRest(flow, base, value);
    else if (root === 'from') judgeFrom(flow, value);
    else if (root === 'route') judgeFrom(flow, flow.child(value, 'from'));
    else if (root === 'routeTemplate') judgeTemplate(flow, value);
  }
}

/** An item of the file's list: its one key and what stands under it. */
export interface FlowItem {
  readonly root: string;
  readonly value: ParsedNode | undefined;
}

function judgeRest(flow: FlowText, base: string, rest: ParsedNode | undefined): void {
  const path = flow.textOf(rest, 'path') ?? '';
  if (judge(flow, base, flow.child(rest, 'path'))) return;
  for (const verb of restVerbs) {
    const operations = flow.child(rest, verb);
    const list: readonly unknown[] = isSeq(operations) ? operations.items : [operations];
    for (const operation of list) judge(flow, `${base}/${path}`, flow.child(operation, 'path'));
  }
}

function judgeTemplate(flow: FlowText, template: ParsedNode | undefined): void {
  judgeFrom(flow, flow.child(template, 'from'));
  judgeFrom(flow, flow.child(flow.child(template, 'route'), 'from'));
}

/** `from` as a URI, or as a map of `uri` and `parameters`. */
function judgeFrom(flow: FlowText, from: ParsedNode | undefined): void {
  const uri = flow.scalar(from) ?? flow.scalar(flow.child(from, 'uri'));
  if (!uri) return;
  const parameters = flow.child(from, 'parameters');
  const [scheme = '', ...rest] = (uri.source.split('?')[0] ?? '').split(':');
  if (scheme === 'platform-http') {
    if (isReserved(rest.join(':'))) reportReserved(flow, uri);
    else if (rest.length === 0) judge(flow, '', flow.child(parameters, 'path'));
  } else if (scheme === 'rest') {
    const [, ...paths] = rest;
    if (isReserved(paths.join('/'))) reportReserved(flow, uri);
    else if (paths.length === 0) judge(flow, '', flow.child(parameters, 'path'));
  }
}

function judge(flow: FlowText, base: string, path: ParsedNode | undefined): boolean {
  const scalar = flow.scalar(path);
  if (!scalar || !isReserved(`${base}/${scalar.source}`)) return false;
  reportReserved(flow, scalar);
  return true;
}

function reportReserved(flow: FlowText, node: ParsedNode): void {
  const message =
    'Paths under `/_api` belong to the runtime itself, which rejects a flow that claims one. Choose another path.';
  flow.reportAt(node, 'error', 'reserved-path', message);
}

/** Whether a server would take this path for one under `/_api`, however it is spelled. */
function isReserved(path: string): boolean {
  const segments: string[] = [];
  for (const segment of (path.split('?')[0] ?? '').split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments[0]?.replaceAll(/%[0-7][0-9a-f]/gi, decodeURIComponent) === '_api';
}
