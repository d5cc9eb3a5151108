import { flattened, parseExpression, scanPlaceholders } from '../flows/placeholders';
import type { Flow, Placeholder } from '../flows/types';
import type { Environment, ParameterLayer, Registry } from '../registry/types';
import { Substituter } from './substitute';
import type { EffectiveParameter, LayerName, PlaceholderVerdict } from './types';

export { parameterFaults } from './parameterFaults';

export type EffectiveParameters = ReadonlyMap<string, EffectiveParameter>;

/** What is in force for a flow in an environment; later wins: global, environment, flow (PROMOTION-MODEL, parameters). */
export function effectiveParameters(registry: Registry, flow: Flow, environment: Environment): EffectiveParameters {
  const effective = new Map<string, EffectiveParameter>();
  addLayer(effective, 'global', registry.parameters);
  addLayer(effective, 'environment', environment.parameters);
  addLayer(effective, 'flow', flow.parameters);
  return effective;
}

function addLayer(effective: Map<string, EffectiveParameter>, layer: LayerName, parameters: ParameterLayer): void {
  for (const [key, definition] of parameters) {
    const hidden = effective.get(key);
    const shadows = hidden ? [{ layer: hidden.layer, definition: hidden.definition }, ...hidden.shadows] : [];
    effective.set(key, { key, layer, definition, shadows });
  }
}

/**
 * The plain keys of the flow's YAML and those that their values use in turn, defined or not. A key that an inner
 * placeholder makes (`{{{{env}}.host}}`) counts where texts alone decide it: the runtime would ask for it.
 */
export function usedKeys(flow: Flow, effective: EffectiveParameters): ReadonlySet<string> {
  const used = new Set<string>();
  const found = flow.parsed.placeholders.flatMap((placeholder) => keyAskedFor(placeholder, effective));
  for (const { key } of keysOf(found, effective)) used.add(key);
  return used;
}

/** What becomes of a placeholder in the environment that `effective` is for. */
export function verdictOf(placeholder: Placeholder, effective: EffectiveParameters): PlaceholderVerdict {
  if (placeholder.kind !== 'plain') return { kind: 'runtime' };
  const parameter = effective.get(placeholder.key);
  if (parameter) return { kind: 'resolved', parameter };
  if (placeholder.defaultText !== undefined) return { kind: 'default' };
  return { kind: placeholder.isOptional ? 'runtime' : 'missing' };
}

/** The required keys of the YAML, and of the values it uses, that nothing defines: in the order they are met, once each. */
export function missingKeys(flow: Flow, effective: EffectiveParameters): readonly string[] {
  const missing = new Set<string>();
  const plain = flow.parsed.placeholders.filter(({ kind }) => kind === 'plain');
  for (const { key, isRequired } of keysOf(plain.map(askedKey), effective)) {
    if (isRequired && !effective.has(key)) missing.add(key);
  }
  return [...missing];
}

interface AskedKey {
  readonly key: string;
  readonly isRequired: boolean;
}

type Asking = Pick<Placeholder, 'key' | 'isOptional'> & { readonly defaultText?: string | undefined };

function askedKey({ key, isOptional, defaultText }: Asking): AskedKey {
  return { key, isRequired: !isOptional && defaultText === undefined };
}

/** The keys given, and those of the values behind them: each value is looked at once, so a cycle ends. */
function keysOf(start: readonly AskedKey[], effective: EffectiveParameters): readonly AskedKey[] {
  const all = [...start];
  const opened = new Set<string>();
  // Grows while it is walked.
  for (const { key } of all) {
    const definition = effective.get(key)?.definition;
    if (opened.has(key) || definition?.kind !== 'text') continue;
    opened.add(key);
    all.push(...keysInText(definition.text));
  }
  return all;
}

/** The plain keys that the placeholders of a value ask for. */
function keysInText(text: string): readonly AskedKey[] {
  if (text.includes('?nested=false')) return [];
  return flattened(scanPlaceholders(text, true).outermost)
    .filter(({ kind }) => kind === 'plain')
    .map(askedKey);
}

function keyAskedFor(placeholder: Placeholder, effective: EffectiveParameters): readonly AskedKey[] {
  if (placeholder.kind === 'plain') return [askedKey(placeholder)];
  const expanded = new Substituter(textsOf(effective)).substitute(placeholder.expression);
  if (expanded.kind === 'failed') return [];
  const asked = parseExpression(expanded.text, true);
  return asked.kind === 'plain' && effective.has(asked.key) ? [askedKey(asked)] : [];
}

function textsOf(effective: EffectiveParameters): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [key, { definition }] of effective) if (definition.kind === 'text') texts.set(key, definition.text);
  return texts;
}
