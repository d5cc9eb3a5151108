import type { ParameterLayer } from '../registry/types';
import type { Fault, SourceRange } from '../source';

export interface FlowRoute {
  /** The route's `id`, where it has one. */
  readonly id?: string;
  readonly description?: string;
  /** The list item that holds the route. */
  readonly range: SourceRange;
}

/** One `{{…}}` in a flow's YAML, as Camel's scanner finds it. */
export interface Placeholder {
  /** Exactly the text between the braces, inner placeholders included, e.g. `orders-topic` or `?env:HOME`. */
  readonly expression: string;
  /** The key that a property source is asked for, without `!`, `?` and default. Never trimmed. */
  readonly key: string;
  /**
   * `plain` keys are ours to resolve, and so is that of a `condition` (`boolean:flag`); `function` (`env:`, `bean:` …) and
   * `dynamic` (a key made by an inner placeholder) stay for the runtime.
   */
  readonly kind: 'plain' | 'condition' | 'function' | 'dynamic';
  readonly defaultText?: string;
  readonly isOptional: boolean;
  /** From the first brace to the last, in the file. */
  readonly range: SourceRange;
}

/** A flow's YAML, parsed. Never throws for bad input: what is wrong is among the faults. */
export interface ParsedFlowYaml {
  readonly routes: readonly FlowRoute[];
  /**
   * Ids of the routes that Camel makes of it, `undefined` for one that Camel names itself. Not the same as `routes`:
   * a template runs nothing, and a `rest` has a route per operation. Absent where the text could not be read.
   */
  readonly runningRoutes?: readonly (string | undefined)[];
  readonly placeholders: readonly Placeholder[];
  /** `false` when a fault of severity error makes the YAML unfit to send. */
  readonly isDeployable: boolean;
  readonly faults: readonly Fault[];
}

/** A flow of the workspace: its YAML file is the source of truth. */
export interface Flow {
  readonly id: string;
  /** First route's `description`, else its `id`, else the flow's id. */
  readonly displayName: string;
  /** URI text of the YAML. */
  readonly file: string;
  /** The text as it is on disk. */
  readonly yaml: string;
  readonly parsed: ParsedFlowYaml;
  readonly parameters: ParameterLayer;
  /** Faults of the YAML, of the parameter file, and of the id (illegal, or used by another file). */
  readonly faults: readonly Fault[];
  readonly hasDuplicateId: boolean;
  readonly hasLegalId: boolean;
}
