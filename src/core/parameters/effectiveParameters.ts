import { asksForKey, flattened, parseExpression, scanPlaceholders } from '../flows/placeholders';
import type { Flow, ParsedFlowYaml, Placeholder } from '../flows/types';
import type { Environment, ParameterLayer, Registry } from '../registry/types';
import { Substituter } from './substitute';
import type { EffectiveParameter, LayerName, PlaceholderVerdict } from './types';

export { parameterFaults } from './parameterFaults';

export type EffectiveParameters = ReadonlyMap<string, EffectiveParameter>;

/** What is in force for a flow in an environment; later wins: global, environment, flow (PROMOTION-MODEL, parameters). */
export function effectiveParameters(registry: Registry, flow: Flow, environment: Environment): EffectiveParameters {
  const layers = environmentLayers(registry, environment);
  if (flow.parameters.size === 0) return layers;
  const effective = new Map(layers);
  addLayer(effective, 'flow', flow.parameters);
  return effective;
}

/** The same for every flow without values of its own, so it is made once. */
const layersOf = new WeakMap<Environment, { readonly global: ParameterLayer; readonly layers: EffectiveParameters }>();

/** What is in force in an environment for a flow without values of its own. */
export function environmentLayers({ parameters }: Registry, environment: Environment): EffectiveParameters {
  const known = layersOf.get(environment);
  if (known?.global === parameters) return known.layers;
  const layers = new Map<string, EffectiveParameter>();
  addLayer(layers, 'global', parameters);
  addLayer(layers, 'environment', environment.parameters);
  layersOf.set(environment, { global: parameters, layers });
  return layers;
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
 * placeholder makes (`{{{{env}}.host}}`) counts where texts alone decide it: the runtime asks for it.
 */
export function usedKeys(flow: Flow, effective: EffectiveParameters): ReadonlySet<string> {
  return new Set(keysAskedFor(flow, effective).map(({ key }) => key));
}

/**
 * What becomes of one occurrence in the environment that `effective` is for: for whoever asks place by place (a hover, a
 * preview). A whole flow is asked by {@link missingKeys}.
 */
export function verdictOf(placeholder: Placeholder, effective: EffectiveParameters): PlaceholderVerdict {
  const asked = askedKey(placeholder, effective, new Substituter(textsOf(effective)));
  if (!asked) return { kind: 'runtime' };
  const parameter = effective.get(asked.key);
  if (parameter) return { kind: 'resolved', parameter };
  if (asked.hasDefault) return { kind: 'default' };
  return { kind: asked.isOptional ? 'runtime' : 'missing' };
}

/** The required keys of the YAML, and of the values it uses, that nothing defines: in the order they are met, once each. */
export function missingKeys(flow: Flow, effective: EffectiveParameters): readonly string[] {
  const missing = new Set<string>();
  for (const { key, isOptional, hasDefault } of keysAskedFor(flow, effective)) {
    if (!isOptional && !hasDefault && !effective.has(key)) missing.add(key);
  }
  return [...missing];
}

interface AskedKey {
  readonly key: string;
  readonly isOptional: boolean;
  readonly hasDefault: boolean;
  /** The value is taken as it is, placeholders and all. */
  readonly isVerbatim: boolean;
}

type Asking = Pick<Placeholder, 'expression' | 'key' | 'kind' | 'isOptional'> & {
  readonly defaultText?: string | undefined;
};

/** What a YAML asks for, each only once. */
export interface AskedFor {
  readonly placeholders: readonly Asking[];
  /** The same for two that ask for the same. */
  readonly signature: string;
}

const askedIn = new WeakMap<ParsedFlowYaml, AskedFor>();

export function askedBy(parsed: ParsedFlowYaml): AskedFor {
  let asked = askedIn.get(parsed);
  if (!asked) {
    // The key, too: in the midst of a text `!` is a part of it.
    const once = new Map(parsed.placeholders.map((each) => [JSON.stringify([each.expression, each.key]), each]));
    asked = { placeholders: [...once.values()], signature: [...once.keys()].join() };
    askedIn.set(parsed, asked);
  }
  return asked;
}

/** The keys of the YAML, and those of the values behind them: each value is looked at once, so a cycle ends. */
function keysAskedFor(flow: Flow, effective: EffectiveParameters): readonly AskedKey[] {
  const substituter = new Substituter(textsOf(effective));
  const keysOf = (found: readonly Asking[]): readonly AskedKey[] =>
    found.flatMap((each) => askedKey(each, effective, substituter) ?? []);
  const all = [...keysOf(askedBy(flow.parsed).placeholders)];
  const opened = new Set<string>();
  // Grows while it is walked.
  for (const { key, isVerbatim } of all) {
    const definition = effective.get(key)?.definition;
    if (isVerbatim || opened.has(key) || definition?.kind !== 'text') continue;
    opened.add(key);
    all.push(...keysOf(flattened(scanPlaceholders(definition.text, true).outermost)));
  }
  return all;
}

function askedKey(found: Asking, effective: EffectiveParameters, substituter: Substituter): AskedKey | undefined {
  const { expression, key, isOptional, defaultText } = found;
  if (asksForKey(found)) {
    const hasDefault = defaultText !== undefined;
    return { key, isOptional, hasDefault, isVerbatim: expression.includes('?nested=false') };
  }
  const expanded = substituter.substitute(expression);
  if (expanded.kind === 'failed') return undefined;
  // What is left in it is known to the runtime alone, and so is the key.
  const made = parseExpression(expanded.text, true, scanPlaceholders(expanded.text).outermost[0]?.start);
  return asksForKey(made) ? askedKey({ ...made, expression: expanded.text }, effective, substituter) : undefined;
}

function textsOf(effective: EffectiveParameters): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [key, { definition }] of effective) if (definition.kind === 'text') texts.set(key, definition.text);
  return texts;
}
