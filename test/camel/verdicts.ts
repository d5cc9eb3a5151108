import assert from 'node:assert/strict';
import { type JudgedFlow, judgeFlow } from '../../src/local/judgeFlow';
import { Refusal } from '../../src/local/refusal';
import { type CamelVerdict, loadFlows } from './askCamel';
import { camelRuntimes } from './rootHooks';

export interface SentFlow {
  readonly yaml: string;
  readonly params: Readonly<Record<string, string>>;
}

const perRequest = 50;

/** What Camel's loader says to each flow. */
export async function camelVerdicts(flows: readonly SentFlow[]): Promise<readonly CamelVerdict[]> {
  const verdicts: CamelVerdict[] = [];
  for (let from = 0; from < flows.length; from += perRequest) {
    verdicts.push(...(await loadFlows(camelRuntimes().of('dev'), flows.slice(from, from + perRequest))));
  }
  return verdicts;
}

/** What the local runtime makes of a flow, or its words against it. */
export function localVerdict({ yaml, params }: SentFlow): JudgedFlow | { readonly error: string } {
  try {
    return judgeFlow('flow', { yaml, params: new Map(Object.entries(params)) });
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}

/** Both take the flow and find the same routes in it. Camel makes up names for those that have none: `route1`. */
export function assertSame(flow: SentFlow, camel: CamelVerdict | undefined): void {
  const local = localVerdict(flow);
  assert.ok(camel && 'routeIds' in camel, `${JSON.stringify(camel)}\n${flow.yaml}`);
  assert.ok('routeIds' in local, `${JSON.stringify(local)}\n${flow.yaml}`);
  const made = camel.routeIds.filter((id) => !local.routeIds.includes(id));
  assert.equal(local.routeCount, camel.routeIds.length, flow.yaml);
  assert.deepEqual([...local.routeIds, ...made].sort(), [...camel.routeIds].sort(), flow.yaml);
  for (const id of made) assert.match(id, /^route\d+$/, flow.yaml);
}

/** What is said has to be what is meant; nothing is meant where a flow is to be taken. */
export function assertSays(
  who: string,
  verdict: object | undefined,
  meant: RegExp | undefined,
  { yaml }: Pick<SentFlow, 'yaml'>,
): void {
  const said = verdict && 'error' in verdict ? String(verdict.error) : undefined;
  const wanted = meant ? `is to say ${String(meant)}` : 'is to take the flow';
  const isMeant = meant ? said !== undefined && meant.test(said) : said === undefined;
  assert.ok(isMeant, `${who} ${wanted}, and says: ${said ?? 'nothing'}\n${yaml}`);
}
