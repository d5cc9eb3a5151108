import type { Flow } from '../flows/types';
import { effectiveParameters, usedKeys } from '../parameters/effectiveParameters';
import type { ParameterDigester } from '../parameters/parameterDigest';
import type { RenderedYaml } from '../parameters/renderYaml';
import { resolveParameters } from '../parameters/resolveParameters';
import type { ParameterProblem } from '../parameters/types';
import type { Hashing, PutFlowBody, SecretValues } from '../ports';
import { ContentDigests, TextDigests } from '../promotion/contentHash';
import type { Environment, Registry } from '../registry/types';

/** A request body with every value in it: made when it is sent, and let go of with the operation. */
export type Sending =
  | {
      readonly kind: 'ready';
      readonly body: PutFlowBody;
      /** Of exactly this body, to recognise it by. */
      readonly digests: ContentDigests;
      /** Keyed digest of the values in it. */
      readonly parameterDigest: string;
      /** As of `FlowContent`. */
      readonly runsNothing?: boolean;
    }
  | { readonly kind: 'unresolved'; readonly problems: readonly ParameterProblem[] };

export interface SendingSources {
  readonly registry: Registry;
  readonly secrets: SecretValues;
  readonly hashing: Hashing;
  readonly digester: ParameterDigester;
}

/** Reads secrets and variables now (PROMOTION-MODEL, parameters): the one place in the core that does. */
export async function prepareSending(flow: Flow, environment: Environment, sources: SendingSources): Promise<Sending> {
  const effective = effectiveParameters(sources.registry, flow, environment);
  const used = usedKeys(flow, effective);
  const resolved = await resolveParameters(effective, used, environment.id, sources.secrets);
  if (resolved.kind === 'unresolved') return resolved;
  const { values, secretKeys } = resolved;
  const { substitution } = environment;
  const source = new TextDigests(sources.hashing, flow.yaml);
  const rendered = substitution === 'client' ? source.template.render(values) : undefined;
  if (rendered?.kind === 'failed') return { kind: 'unresolved', problems: [problemOf(rendered)] };
  const secretValues = [...secretKeys].flatMap((key) => values.get(key) ?? []).filter((value) => value !== '');
  const body = {
    yaml: rendered?.text ?? flow.yaml,
    ...(substitution === 'client' ? {} : { params: Object.fromEntries(values) }),
    ...(secretValues.length > 0 ? { secretValues } : {}),
  };
  const digests = new ContentDigests({ source, substitution, values });
  const runsNothing = flow.parsed.runningRoutes?.length === 0;
  return { kind: 'ready', body, digests, parameterDigest: sources.digester.ofValues(values), runsNothing };
}

function problemOf({ reason, chain }: Extract<RenderedYaml, { kind: 'failed' }>): ParameterProblem {
  if (reason === 'cycle') return { kind: 'cycle', chain };
  const key = chain.at(-1);
  return key === undefined ? { kind: 'too-large' } : { kind: 'too-large', key };
}
