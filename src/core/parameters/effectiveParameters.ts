import type { Flow, Placeholder } from '../flows/types';
import type { Environment, Registry } from '../registry/types';
import type { Fault } from '../source';
import type { EffectiveParameter, PlaceholderVerdict } from './types';

export type EffectiveParameters = ReadonlyMap<string, EffectiveParameter>;

/** What is in force for a flow in an environment; later wins: global, environment, flow. */
export function effectiveParameters(registry: Registry, flow: Flow, environment: Environment): EffectiveParameters {
  void registry;
  void flow;
  void environment;
  return new Map();
}

/** The keys that a deploy of the flow sends: those of its YAML, and those that their values use in turn. */
export function usedKeys(flow: Flow, effective: EffectiveParameters): ReadonlySet<string> {
  void flow;
  void effective;
  return new Set();
}

export function verdictOf(placeholder: Placeholder, effective: EffectiveParameters): PlaceholderVerdict {
  void placeholder;
  void effective;
  return { kind: 'missing' };
}

/** The required keys of the YAML, and of the values it uses, that nothing defines. */
export function missingKeys(flow: Flow, effective: EffectiveParameters): readonly string[] {
  void flow;
  void effective;
  return [];
}

/** Warnings: flow-level values that hide environments', and keys that no flow uses. */
export function parameterFaults(registry: Registry, flows: readonly Flow[]): readonly Fault[] {
  void registry;
  void flows;
  return [];
}
