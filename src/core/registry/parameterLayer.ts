import { isScalar, type ParsedNode } from 'yaml';
import type { RangeOf } from '../readYaml';
import type { ParameterDefinition, ParameterLayer } from './types';
import type { YamlData } from './yamlData';

/**
 * The parameters of a map. A scalar keeps the text it was written with, because that is what Camel would read: `014` is
 * not 14. Entries that are neither a text, a number, a boolean nor a source of one are left out; their faults come from
 * the schema.
 */
export function parameterLayer(
  data: YamlData,
  node: ParsedNode | null | undefined,
  file: string,
  rangeOf: RangeOf,
): ParameterLayer {
  const layer = new Map<string, ParameterDefinition>();
  for (const { key, value } of data.entries(node)) {
    const range = rangeOf(key.range[0], value?.range[1] ?? key.range[1]);
    const definition = definitionOf(data, value, { range, file });
    if (definition && !layer.has(key.source)) layer.set(key.source, definition);
  }
  return layer;
}

function definitionOf(
  data: YamlData,
  node: ParsedNode | null,
  place: Pick<ParameterDefinition, 'range' | 'file'>,
): ParameterDefinition | undefined {
  const value = data.resolve(node);
  if (isScalar(value)) return value.value === null ? undefined : { kind: 'text', text: value.source, ...place };
  const entries = data.entries(value);
  const [only] = entries;
  const source = data.resolve(only?.value);
  if (entries.length !== 1 || !only || !isScalar(source)) return undefined;
  if (only.key.source === 'secret' && source.value === true) return { kind: 'secret', ...place };
  const isVariable = only.key.source === 'env' && typeof source.value === 'string' && source.value !== '';
  return isVariable ? { kind: 'env', variable: source.source, ...place } : undefined;
}
