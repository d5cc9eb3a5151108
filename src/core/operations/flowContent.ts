import { parseFlowYaml } from '../flows/parseFlow';
import type { Flow } from '../flows/types';
import { missingKeys } from '../parameters/effectiveParameters';
import { FlowValues, type KnownValues, type ValueSources } from '../parameters/flowValues';
import type { ParameterProblem } from '../parameters/types';
import type { Hashing } from '../ports';
import { ContentDigests, TextDigests, type ContentForms } from '../promotion/contentHash';
import type { Environment } from '../registry/types';

/** What a deploy of a flow to an environment would send now, as far as it is known without a secret or a variable. */
export interface FlowContent {
  readonly yaml: string;
  readonly digests: ContentDigests;
  /** Keyed digest of the effective values; undefined where one of them is missing here: `problems` says which. */
  readonly parameterDigest: string | undefined;
  readonly parameterNames: readonly string[];
  /** Required keys that nothing here defines: the runtime may know them from its own properties. */
  readonly missingKeys: readonly string[];
  /** Why it cannot be sent, worked out each time: for an operation, and not for each cell of a matrix. */
  readonly problems: readonly ParameterProblem[];
  /** Only templates and the like: a runtime lists it with no route. */
  readonly runsNothing?: boolean;
}

/** Holds no value of a secret and of no variable, and nothing that could read one. */
export interface ContentSources extends ValueSources {
  readonly hashing: Hashing;
}

/** One flow's content in every environment of the registry, by environment. */
export function flowContents(flow: Flow, sources: ContentSources): ReadonlyMap<string, FlowContent> {
  const source = new TextDigests(sources.hashing, flow.yaml);
  const values = new FlowValues(flow, sources);
  const { environments } = sources.registry;
  return new Map(environments.map((environment) => [environment.id, new Content(environment, flow, source, values)]));
}

/** Worked out where somebody asks: most flows of a matrix are compared by their YAML alone. */
class Content implements FlowContent, ContentForms {
  readonly digests = new ContentDigests(this);

  constructor(
    private readonly environment: Environment,
    private readonly flow: Flow,
    readonly source: TextDigests,
    private readonly flowValues: FlowValues,
  ) {}

  get yaml(): string {
    return this.flow.yaml;
  }

  get runsNothing(): boolean {
    return this.flow.parsed.runningRoutes?.length === 0;
  }

  get substitution(): Environment['substitution'] {
    return this.environment.substitution;
  }

  get values(): ReadonlyMap<string, string> | undefined {
    return this.known.texts;
  }

  get parameterDigest(): string | undefined {
    return this.known.digest;
  }

  get parameterNames(): readonly string[] {
    return [...this.known.used].sort();
  }

  get missingKeys(): readonly string[] {
    return missingKeys(this.flow, this.known.effective);
  }

  get problems(): readonly ParameterProblem[] {
    const { problems, texts } = this.known.parameters;
    return claimsReservedPath(this.flow, this.source, texts) ? [...problems, { kind: 'reserved-path' }] : problems;
  }

  private get known(): KnownValues {
    return this.flowValues.in(this.environment);
  }
}

/**
 * Whether a path is the runtime's own once the values that are known are in it. A parse, so for whoever deploys: what the
 * YAML claims by itself is among the flow's faults.
 */
function claimsReservedPath({ file, parsed }: Flow, source: TextDigests, values: ReadonlyMap<string, string>): boolean {
  if (values.size === 0 || !parsed.isDeployable) return false;
  const rendered = source.template.render(values);
  if (rendered.kind === 'failed') return false;
  return parseFlowYaml(rendered.text, file).faults.some(({ code }) => code === 'reserved-path');
}
