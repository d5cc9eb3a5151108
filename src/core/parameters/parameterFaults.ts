import { asksForKey, scanPlaceholders } from '../flows/placeholders';
import type { Flow } from '../flows/types';
import type { Environment, ParameterDefinition, ParameterLayer, Registry } from '../registry/types';
import type { Fault } from '../source';
import { effectiveParameters, usedKeys } from './effectiveParameters';

/**
 * Warnings about the parameters of a registry and its flows: a flow's value that hides environments' values, a key that
 * nothing uses, a value that Camel would refuse. Without flows, or with a faulty one, nothing is known to be unused.
 */
export function parameterFaults(registry: Registry, flows: readonly Flow[]): readonly Fault[] {
  const usedByAny = new Set<string>();
  const faults: Fault[] = [];
  for (const flow of flows) {
    const used = usedAnywhere(registry, flow);
    for (const key of used) usedByAny.add(key);
    faults.push(...hiddenValues(registry.environments, flow));
    if (!mayUseAnyKey(flow)) faults.push(...unused(flow.parameters, used, 'this flow'));
    faults.push(...refusedValues(flow.parameters));
  }
  const registryLayers = [registry.parameters, ...registry.environments.map(({ parameters }) => parameters)];
  const isKnown = flows.length > 0 && !flows.some(mayUseAnyKey);
  for (const layer of registryLayers) {
    if (isKnown) faults.push(...unused(layer, usedByAny, 'any flow'));
    faults.push(...refusedValues(layer));
  }
  return faults;
}

function usedAnywhere(registry: Registry, flow: Flow): ReadonlySet<string> {
  const used = new Set<string>();
  for (const environment of registry.environments) {
    for (const key of usedKeys(flow, effectiveParameters(registry, flow, environment))) used.add(key);
  }
  // Without an environment there are still the keys of the YAML.
  for (const each of flow.parsed.placeholders) if (asksForKey(each)) used.add(each.key);
  return used;
}

/** A key that the runtime makes up may be any, and so may one in a YAML that has a fault: it may not have been found. */
function mayUseAnyKey({ parsed }: Flow): boolean {
  return !parsed.isDeployable || parsed.placeholders.some(({ kind }) => kind === 'dynamic');
}

function hiddenValues(environments: readonly Environment[], flow: Flow): readonly Fault[] {
  return [...flow.parameters].flatMap(([key, definition]) => {
    const hidden = environments.filter(({ parameters }) => parameters.has(key)).map(({ label }) => label);
    if (hidden.length === 0) return [];
    const message = `This hides the value of \`${key}\` in ${listed(hidden)}: a flow's own value is the same in every environment.`;
    return [warning('hides-environment-value', message, definition)];
  });
}

function unused(layer: ParameterLayer, used: ReadonlySet<string>, by: string): readonly Fault[] {
  return [...layer].flatMap(([key, definition]) =>
    used.has(key) ? [] : [warning('unused-parameter', `\`${key}\` is not used by ${by}.`, definition)],
  );
}

function refusedValues(layer: ParameterLayer): readonly Fault[] {
  return [...layer].flatMap(([key, definition]) => {
    if (definition.kind !== 'text' || scanPlaceholders(definition.text, true).isWhole) return [];
    const message = `Camel refuses this value of \`${key}\`: \`{{\` and \`}}\` in it do not pair up. Escape both with a backslash.`;
    return [warning('refused-value', message, definition)];
  });
}

function warning(code: string, message: string, { file, range }: ParameterDefinition): Fault {
  return { severity: 'warning', code, message, file, range };
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
