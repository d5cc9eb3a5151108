import { isMap, isScalar, isSeq } from 'yaml';
import { readYaml } from '../readYaml';
import { type Fault, startOfFile } from '../source';
import { readEnvironments } from './readEnvironments';
import { parameterLayer } from './parameterLayer';
import { registrySchema } from './registrySchema';
import { RegistryText } from './registryText';
import type { Registry } from './types';
import { YamlData } from './yamlData';

/**
 * Reads `pipebase.yaml`. Never throws: what is wrong is among the faults, all of it at once, in the order of the file.
 * What is whole comes along: a faulty environment does not take the others with it. A file that is no YAML, or of a
 * version not known here, gives no environments, because what was lost might have been `protected: true`.
 */
export function parseRegistry(text: string, file: string): Registry {
  const { document, faults, rangeOf } = readYaml(text, file);
  const isBroken = faults.some(({ severity }) => severity === 'error');
  if (!document || isBroken) return emptyRegistry(file, faults);
  const reader = new RegistryText(new YamlData(document), file, rangeOf);
  try {
    const registry = read(reader);
    return { ...registry, faults: inOrder([...faults, ...reader.faults]) };
  } catch (error) {
    // Only aliases that stand for too much, or for themselves, end here.
    const reason = error instanceof Error ? error.message : String(error);
    reader.report('unreadable', `This file cannot be read: ${reason}`, document.contents);
    return emptyRegistry(file, [...faults, ...reader.faults]);
  }
}

function read(reader: RegistryText): Registry {
  const { data, file, rangeOf } = reader;
  const { root } = data;
  if (!isMap(data.resolve(root))) {
    const isEmpty = root === null || (isScalar(root) && root.source === '');
    const needs = 'It needs `version: 1` and `environments`.';
    if (isEmpty) reader.report('empty-registry', `This file is empty. ${needs}`, null);
    else reader.report('not-a-map', `This file is not a map. ${needs}`, root);
    return emptyRegistry(file, []);
  }
  const input = data.plain(root) as Readonly<Record<string, unknown>>;
  reader.reportKeysAndAliases(root);
  const checked = registrySchema.safeParse(input);
  if (!checked.success) reader.reportIssues(checked.error.issues, input);
  if (input.version !== undefined && input.version !== 1) return emptyRegistry(file, []);
  const patterns = readPatterns(reader, input.flows);
  const parameters = parameterLayer(data, data.entry(root, 'parameters')?.value, file, rangeOf);
  return { file, ...patterns, parameters, environments: readEnvironments(reader, input.environments), faults: [] };
}

function readPatterns({ data, rangeOf }: RegistryText, input: unknown): Pick<Registry, 'include' | 'exclude'> {
  const { include, exclude = [] } = registrySchema.shape.flows.safeParse(input).data ?? {};
  const list = data.resolve(data.entry(data.entry(data.root, 'flows')?.value, 'include')?.value);
  if (!include || !isSeq(list)) return { exclude };
  const ranges = list.items.map(({ range: [start, end] }) => rangeOf(start, end));
  return { include: include.map((glob, index) => ({ glob, range: ranges[index] ?? startOfFile })), exclude };
}

function emptyRegistry(file: string, faults: readonly Fault[]): Registry {
  return { file, exclude: [], parameters: new Map(), environments: [], faults };
}

function inOrder(faults: readonly Fault[]): readonly Fault[] {
  return faults.toSorted((left, right) => left.range.start.offset - right.range.start.offset);
}
