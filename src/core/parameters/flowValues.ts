import type { Flow } from '../flows/types';
import type { Environment, Registry } from '../registry/types';
import { askedBy, effectiveParameters, usedKeys, type EffectiveParameters } from './effectiveParameters';
import { knownParameters, type EnvironmentMarks, type KnownParameters } from './knownParameters';
import type { ParameterDigester } from './parameterDigest';

export interface ValueSources {
  readonly registry: Registry;
  /** By environment. */
  readonly marks: ReadonlyMap<string, EnvironmentMarks>;
  readonly digester: ParameterDigester;
}

type ByEnvironment = Map<string, KnownValues>;

/** By the signature of what is asked for. */
const shared = new WeakMap<ValueSources, Map<string, ByEnvironment>>();

/**
 * What is known of a flow's values, environment by environment, once somebody asks. Flows without values of their own that
 * ask for the same keys share it: in a matrix of thousands of cells there are few such sets of keys.
 */
export class FlowValues {
  private known: ByEnvironment | undefined;

  constructor(
    private readonly flow: Flow,
    private readonly sources: ValueSources,
  ) {}

  in(environment: Environment): KnownValues {
    this.known ??= this.flow.parameters.size > 0 ? new Map<string, KnownValues>() : this.ofAllAlike();
    let known = this.known.get(environment.id);
    if (!known) {
      known = new KnownValues(this.flow, environment, this.sources);
      this.known.set(environment.id, known);
    }
    return known;
  }

  private ofAllAlike(): ByEnvironment {
    const all = shared.get(this.sources) ?? new Map<string, ByEnvironment>();
    shared.set(this.sources, all);
    const { signature } = askedBy(this.flow.parsed);
    const alike = all.get(signature) ?? new Map<string, KnownValues>();
    all.set(signature, alike);
    return alike;
  }
}

/** What is known of the values of a flow in an environment, while no secret and no variable is read. */
export class KnownValues {
  readonly effective: EffectiveParameters;
  readonly used: ReadonlySet<string>;
  readonly parameters: KnownParameters;
  private knownDigest: string | undefined;

  constructor(
    flow: Flow,
    environment: Environment,
    private readonly sources: ValueSources,
  ) {
    const { registry, marks } = sources;
    this.effective = effectiveParameters(registry, flow, environment);
    this.used = usedKeys(flow, this.effective);
    this.parameters = knownParameters(this.effective, this.used, marks.get(environment.id) ?? new Map());
  }

  /** All of them; undefined with a secret or a variable among them, which are known only when they are sent. */
  get texts(): ReadonlyMap<string, string> | undefined {
    const { texts, marks, problems } = this.parameters;
    return marks.size === 0 && problems.length === 0 ? texts : undefined;
  }

  /** Keyed digest of all of them; undefined where one is missing. */
  get digest(): string | undefined {
    if (this.parameters.problems.length > 0) return undefined;
    this.knownDigest ??= this.digestOfAll();
    return this.knownDigest;
  }

  private digestOfAll(): string {
    const { digester } = this.sources;
    const { texts, marks } = this.parameters;
    const ofTexts = [...texts].map(([key, text]) => [key, digester.ofText(text)] as const);
    return digester.ofAll(new Map([...ofTexts, ...[...marks].map(([key, { digest }]) => [key, digest] as const)]));
  }
}
