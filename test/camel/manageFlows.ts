import type { CamelRuntime } from './startCamelRuntimes';

/** What the management API says on the wire: its status, and its sentence where it refuses. */
export interface ApiAnswer {
  readonly status: number;
  readonly error?: string;
}

export async function putFlow(
  runtime: CamelRuntime,
  id: string,
  yaml: string,
  params: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  const response = await call(runtime, 'PUT', `/${id}`, JSON.stringify({ yaml, params }));
  const { error } = (await response.json()) as { readonly error?: string };
  return { status: response.status, ...(error === undefined ? {} : { error }) };
}

/** @returns the status */
export async function deleteFlow(runtime: CamelRuntime, id: string): Promise<number> {
  return (await call(runtime, 'DELETE', `/${id}`)).status;
}

export async function flowIds(runtime: CamelRuntime): Promise<readonly string[]> {
  const flows = (await (await call(runtime, 'GET', '')).json()) as readonly { readonly id: string }[];
  return flows.map(({ id }) => id);
}

export async function removeFlows(runtime: CamelRuntime): Promise<void> {
  for (const id of await flowIds(runtime)) await deleteFlow(runtime, id);
}

/** Of all the routes that run there, whosever they are. */
export async function routeIds(runtime: CamelRuntime): Promise<readonly string[]> {
  const health = (await (await fetch(`${runtime.url}/_api/health`)).json()) as {
    readonly routes: readonly { readonly id: string }[];
  };
  return health.routes.map(({ id }) => id);
}

/** What a flow answers over HTTP; the status where that is no success. */
export async function answerOf(runtime: CamelRuntime, path: string): Promise<string | number> {
  const response = await fetch(runtime.url + path);
  const text = await response.text();
  return response.ok ? text : response.status;
}

/** A flow with one route, which answers a text of the simple language. */
export function answering(path: string, text: string, routeId = path.slice(1)): string {
  return `- route:
    id: ${routeId}
    from:
      uri: platform-http:${path}
      steps:
        - setBody:
            simple: '${text}'
`;
}

function call({ url, token }: CamelRuntime, method: string, path: string, body?: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${url}/_api/flows${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}
