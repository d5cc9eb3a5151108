import type { ParameterDefinition } from '../registry/types';

export type LayerName = 'global' | 'environment' | 'flow';

/** What is in force for one key, one flow and one environment. */
export interface EffectiveParameter {
  readonly key: string;
  readonly layer: LayerName;
  readonly definition: ParameterDefinition;
  /** What it hides, nearest layer first. */
  readonly shadows: readonly { readonly layer: LayerName; readonly definition: ParameterDefinition }[];
}

/**
 * What becomes of a placeholder in an environment. `default`: Camel's own default serves. `runtime`: a
 * function, optional or dynamic key, answered there. `missing`: a required key that nothing here defines.
 */
export type PlaceholderVerdict =
  | { readonly kind: 'resolved'; readonly parameter: EffectiveParameter }
  | { readonly kind: 'default' }
  | { readonly kind: 'runtime' }
  | { readonly kind: 'missing' };

/** Values resolved at the moment of sending; they go into the PUT body and nowhere else. */
export type ResolvedParameters =
  | {
      readonly kind: 'resolved';
      readonly values: ReadonlyMap<string, string>;
      readonly secretKeys: ReadonlySet<string>;
    }
  | { readonly kind: 'unresolved'; readonly problems: readonly ParameterProblem[] };

export type ParameterProblem =
  | { readonly kind: 'secret-not-stored'; readonly key: string }
  | { readonly kind: 'variable-not-set'; readonly key: string; readonly variable: string }
  | { readonly kind: 'cycle'; readonly chain: readonly string[] }
  /** The YAML with its values is larger than a runtime takes; `key`: the value of this one alone is, or uses no end of others. */
  | { readonly kind: 'too-large'; readonly key?: string }
  | { readonly kind: 'reserved-path' };
