import type { ParsedNode } from 'yaml';
import type { FlowText } from './flowText';

/**
 * An endpoint in the one form that Camel compares: a text, or a map with its `uri`, whose options go behind the `uri` in
 * the order of their names; `direct` has its name among them, too. Placeholders are compared as they stand.
 */
export function endpointText(endpoint: ParsedNode | undefined, flow: FlowText): string | undefined {
  const uri = (flow.scalar(endpoint) ?? flow.scalar(flow.child(endpoint, 'uri')))?.source;
  const options = optionsOf(endpoint, flow);
  const name = options.get('name');
  if (uri === 'direct' && name !== undefined) {
    options.delete('name');
    return `direct:${name}${queryOf(options)}`;
  }
  return uri && uri + queryOf(options);
}

function optionsOf(endpoint: ParsedNode | undefined, flow: FlowText): Map<string, string> {
  const pairs = flow.map(flow.child(endpoint, 'parameters'))?.items ?? [];
  return new Map(
    pairs.map(({ key, value }) => [flow.scalar(key)?.source ?? '', flow.scalar(value)?.source ?? ''] as const),
  );
}

function queryOf(options: ReadonlyMap<string, string>): string {
  const sorted = [...options].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.length === 0 ? '' : `?${sorted.map((option) => option.join('=')).join('&')}`;
}
