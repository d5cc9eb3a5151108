import type { PlaceholderValue } from '../../src/core/flows/evaluatePlaceholders';
import type { CamelRuntime } from './startCamelRuntimes';

/** What Camel's loader made of a flow: its routes, or its words against it. */
export type CamelVerdict = { readonly routeIds: readonly string[] } | { readonly error: string };

/** There are texts that Camel never finishes with. */
const patienceMs = 30_000;

/** Questions to a runtime's test API (`test/camel-runtime`, TestApi), many at a time. */
async function ask<Answer>(runtime: CamelRuntime, path: string, body: unknown): Promise<readonly Answer[]> {
  const response = await fetch(`${runtime.url}/_test/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${runtime.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`The Camel runtime answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as readonly Answer[];
}

type PlaceholderAnswer = { readonly value: string | null } | { readonly error: string };

/** What Camel's own resolver makes of the texts, in our evaluator's terms. */
export async function resolvePlaceholders(
  runtime: CamelRuntime,
  texts: readonly string[],
  properties: ReadonlyMap<string, string>,
): Promise<readonly PlaceholderValue[]> {
  const body = { texts, properties: Object.fromEntries(properties) };
  const answers = await ask<PlaceholderAnswer>(runtime, 'placeholders', body);
  return answers.map((answer) =>
    'error' in answer ? { kind: 'failed', message: inShort(answer.error) } : { kind: 'value', text: answer.value },
  );
}

/** What Camel's loader says to each flow, without the rules of the management API. */
export function loadFlows(
  runtime: CamelRuntime,
  flows: readonly { readonly yaml: string; readonly params?: Readonly<Record<string, string>> }[],
): Promise<readonly CamelVerdict[]> {
  return ask<CamelVerdict>(runtime, 'flows', { flows });
}

/** A condition wraps them once more. */
const complaints: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:java\.lang\.IllegalArgumentException: )?Property with key \[([^]*?)\] not found in properties from text: /,
    'key [$1] not found',
  ],
  [
    /^(?:java\.lang\.IllegalArgumentException: )?Circular reference detected with key \[([^]*?)\] from text: /,
    'Circular reference $1',
  ],
  [/^(?:java\.lang\.IllegalArgumentException: )?Missing (\{\{|\}\}) from the text: /, 'Missing $1'],
  [/^Property with key \[([^]*?)\] using function \[([^]*?)\] returned null value/, 'function $2 null for $1'],
];

/** Camel's words without the text that they repeat. */
function inShort(message: string): string {
  for (const [pattern, replacement] of complaints) {
    const match = pattern.exec(message);
    if (match) return match[0].replace(pattern, replacement).replace(/ which is not allowed.*/s, '');
  }
  return message;
}
