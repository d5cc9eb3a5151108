import type { Flow } from '../flows/types';
import {
  effectiveParameters,
  missingKeys,
  usedKeys,
  type EffectiveParameters,
} from '../parameters/effectiveParameters';
import { knownParameters, type EnvironmentMarks, type KnownParameters } from '../parameters/knownParameters';
import type { ParameterDigester } from '../parameters/parameterDigest';
import type { ParameterProblem } from '../parameters/types';
import type { Hashing } from '../ports';
import { ContentDigests, TextDigests, type ContentForms } from '../promotion/contentHash';
import type { Environment, Registry } from '../registry/types';

/** What a deploy of a flow to an environment would send now, as far as it is known without a secret or a variable. */
export interface FlowContent {
  readonly yaml: string;
  readonly digests: ContentDigests;
  /** Keyed digest of the effective values; undefined where one of them is missing here: `problems` says which. */
  readonly parameterDigest: string | undefined;
  readonly parameterNames: readonly string[];
  /** Required keys that nothing here defines: the runtime may know them from its own properties. */
  readonly missingKeys: readonly string[];
  readonly problems: readonly ParameterProblem[];
}

/** Holds no value of a secret and of no variable, and nothing that could read one. */
export interface ContentSources {
  readonly registry: Registry;
  /** By environment. */
  readonly marks: ReadonlyMap<string, EnvironmentMarks>;
  readonly hashing: Hashing;
  readonly digester: ParameterDigester;
}

/** One flow's content in every environment of the registry, by environment. */
export function flowContents(flow: Flow, sources: ContentSources): ReadonlyMap<string, FlowContent> {
  const source = new TextDigests(sources.hashing, flow.yaml);
  const { environments } = sources.registry;
  return new Map(environments.map((environment) => [environment.id, new Content(flow, environment, source, sources)]));
}

/** Worked out where somebody asks: most flows of a matrix are compared by their YAML alone. */
class Content implements FlowContent, ContentForms {
  private knownParts: { readonly effective: EffectiveParameters; readonly parameters: KnownParameters } | undefined;
  private knownDigest: { readonly digest: string | undefined } | undefined;
  readonly digests = new ContentDigests(this);

  constructor(
    private readonly flow: Flow,
    private readonly environment: Environment,
    readonly source: TextDigests,
    private readonly sources: ContentSources,
  ) {}

  get yaml(): string {
    return this.flow.yaml;
  }

  get substitution(): Environment['substitution'] {
    return this.environment.substitution;
  }

  /** With a secret or a variable among them they are known only when they are sent. */
  get values(): ReadonlyMap<string, string> | undefined {
    const { texts, marks } = this.parameters;
    return marks.size === 0 && this.problems.length === 0 ? texts : undefined;
  }

  get parameterDigest(): string | undefined {
    this.knownDigest ??= { digest: this.problems.length > 0 ? undefined : digestOf(this.parameters, this.sources) };
    return this.knownDigest.digest;
  }

  get parameterNames(): readonly string[] {
    return [...usedKeys(this.flow, this.parts.effective)].sort();
  }

  get missingKeys(): readonly string[] {
    return missingKeys(this.flow, this.parts.effective);
  }

  get problems(): readonly ParameterProblem[] {
    return this.parameters.problems;
  }

  private get parameters(): KnownParameters {
    return this.parts.parameters;
  }

  private get parts(): NonNullable<typeof this.knownParts> {
    if (!this.knownParts) {
      const { registry, marks } = this.sources;
      const effective = effectiveParameters(registry, this.flow, this.environment);
      const used = usedKeys(this.flow, effective);
      const parameters = knownParameters(effective, used, marks.get(this.environment.id) ?? new Map());
      this.knownParts = { effective, parameters };
    }
    return this.knownParts;
  }
}

function digestOf({ texts, marks }: KnownParameters, { digester }: ContentSources): string {
  const ofTexts = [...texts].map(([key, text]) => [key, digester.ofValue(text)] as const);
  return digester.ofAll(new Map([...ofTexts, ...[...marks].map(([key, { digest }]) => [key, digest] as const)]));
}
