import type { Flow } from '../flows/types';
import { effectiveParameters, missingKeys, usedKeys } from '../parameters/effectiveParameters';
import { parameterDigest } from '../parameters/parameterDigest';
import { renderYaml } from '../parameters/renderYaml';
import { resolveParameters } from '../parameters/resolveParameters';
import type { ParameterProblem } from '../parameters/types';
import type { Hashing, PutFlowBody, SecretValues } from '../ports';
import { ContentDigests } from '../promotion/contentHash';
import type { Environment, Registry } from '../registry/types';

/** What a deploy of a flow to an environment would send now, and how to recognise it there. */
export interface FlowContent {
  readonly yaml: string;
  /** Undefined where a parameter cannot be resolved here; `problems` says which. */
  readonly body: PutFlowBody | undefined;
  readonly digests: ContentDigests;
  /** Keyed digest of the effective values; undefined together with `body`. */
  readonly parameterDigest: string | undefined;
  readonly parameterNames: readonly string[];
  /** Required keys that nothing here defines: the runtime may know them from its own properties. */
  readonly missingKeys: readonly string[];
  readonly problems: readonly ParameterProblem[];
}

export interface ContentSources {
  readonly registry: Registry;
  readonly secrets: SecretValues;
  readonly hashing: Hashing;
  /** Keeps stored digests from giving low-entropy values away. */
  readonly digestKey: string;
}

/** Resolves the parameters that the flow uses in the environment. The values live in `body` alone. */
export async function flowContent(flow: Flow, environment: Environment, sources: ContentSources): Promise<FlowContent> {
  const effective = effectiveParameters(sources.registry, flow, environment);
  const used = usedKeys(flow, effective);
  const resolved = await resolveParameters(effective, used, environment.id, sources.secrets);
  const names = { parameterNames: [...used].sort(), missingKeys: missingKeys(flow, effective) };
  if (resolved.kind === 'unresolved') {
    const digests = new ContentDigests(sources.hashing, { source: flow.yaml, sent: unrendered(flow, environment) });
    const nothing = { body: undefined, parameterDigest: undefined };
    return { yaml: flow.yaml, ...nothing, digests, ...names, problems: resolved.problems };
  }
  const { values, secretKeys } = resolved;
  const secretValues = [...secretKeys].flatMap((key) => values.get(key) ?? []).filter((value) => value !== '');
  const rendered = (): string | undefined => renderedText(flow.yaml, values);
  const sent = environment.substitution === 'client' ? rendered() : flow.yaml;
  const params = environment.substitution === 'client' ? {} : { params: Object.fromEntries(values) };
  return {
    yaml: flow.yaml,
    body:
      sent === undefined ? undefined : { yaml: sent, ...params, ...(secretValues.length > 0 ? { secretValues } : {}) },
    digests: new ContentDigests(sources.hashing, { source: flow.yaml, sent, rendered }),
    parameterDigest: parameterDigest(values, sources.hashing, sources.digestKey),
    ...names,
    problems: [],
  };
}

/** Without the values, what is sent is known only where the runtime puts them in. */
function unrendered(flow: Flow, environment: Environment): string | undefined {
  return environment.substitution === 'runtime' ? flow.yaml : undefined;
}

function renderedText(yaml: string, values: ReadonlyMap<string, string>): string | undefined {
  const result = renderYaml(yaml, values);
  return result.kind === 'rendered' ? result.text : undefined;
}
