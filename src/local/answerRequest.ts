import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLegalFlowId } from '../core/flows/flowId';
import type { LocalFlowStore } from './localFlowStore';
import { readBody } from './readBody';
import { readPutBody } from './readPutBody';
import { Refusal, type LocalAnswer } from './refusal';

/** What `runtime` says in a local environment's health, so that another window can tell one from another program. */
export const localRuntimeName = 'pipebase-local';

/** Names a local environment's storage without telling where it is. */
export function instanceOf(directory: string): string {
  return createHash('sha256').update(directory).digest('hex').slice(0, 16);
}

export interface LocalService {
  /** The storage that it answers from. */
  readonly directory: string;
  readonly token: string;
  readonly environmentId: string;
  readonly store: LocalFlowStore;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Answers one request in the canonical shapes; throws a {@link Refusal} for every `{"error": …}`. */
export async function answerRequest(service: LocalService, request: IncomingMessage): Promise<LocalAnswer> {
  refuseForeignHost(request.headers.host);
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === '/_api/health') return onlyMethods(request, { GET: () => health(service) });
  if (!path.startsWith('/_api/')) throw new Refusal(404, `There is nothing at ${path}.`);
  refuseWithoutToken(service.token, request.headers.authorization);
  if (path === '/_api/flows') return onlyMethods(request, { GET: () => listFlows(service) });
  const id = /^\/_api\/flows\/([^/]+)$/.exec(path)?.[1];
  if (id === undefined) throw new Refusal(404, `A local environment has nothing at ${path}.`);
  return onlyMethods(request, {
    PUT: () => putFlow(service, decodeId(id), request),
    DELETE: () => deleteFlow(service, decodeId(id)),
  });
}

/**
 * A page in a browser can let its own host name point to this machine (DNS rebinding) and would then be allowed to
 * read answers; the Host header gives such a request away.
 */
function refuseForeignHost(host: string | undefined): void {
  if (host !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) return;
  throw new Refusal(421, 'A local environment answers to localhost and 127.0.0.1 only.');
}

/** The two error texts are documented. */
function refuseWithoutToken(token: string, header: string | undefined): void {
  if (token === '') throw new Refusal(503, 'PIPEBASE_DEPLOY_TOKEN not configured');
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '';
  if (!isSameText(given, token)) throw new Refusal(401, 'unauthorized', { 'www-authenticate': 'Bearer' });
}

/** In constant time; the digests make the lengths equal. */
function isSameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

async function onlyMethods(
  { method = '' }: IncomingMessage,
  handlers: Readonly<Record<string, () => LocalAnswer | Promise<LocalAnswer>>>,
): Promise<LocalAnswer> {
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (handler) return handler();
  const allowed = Object.keys(handlers).join(', ');
  throw new Refusal(405, `${method} is not possible here, only ${allowed}.`, { allow: allowed });
}

function health({ directory, store, environmentId, startedAt }: LocalService): LocalAnswer {
  const routes = store.list().flatMap(({ id, routeIds, routeCount }) => {
    const unnamed = Array.from({ length: routeCount - routeIds.length }, (_, index) => `${id}-route${index + 1}`);
    return [...routeIds, ...unnamed].map((routeId) => ({ id: routeId, status: 'Started' }));
  });
  const uptime = Date.now() - startedAt;
  const own = { runtime: localRuntimeName, environment: environmentId, instance: instanceOf(directory) };
  return { status: 200, json: { status: 'UP', uptime, camelVersion: null, routes, ...own } };
}

function listFlows({ store }: LocalService): LocalAnswer {
  const json = store.list().map(({ id, lastModified, hash, routeCount }) => {
    return { id, lastModified: new Date(lastModified).toISOString(), hash, routeCount };
  });
  return { status: 200, json };
}

async function putFlow({ store }: LocalService, id: string, request: IncomingMessage): Promise<LocalAnswer> {
  const { hash, routeCount } = await store.put(id, readPutBody(await readBody(request)));
  return { status: 200, json: { id, hash, routeCount } };
}

async function deleteFlow({ store }: LocalService, id: string): Promise<LocalAnswer> {
  if (await store.delete(id)) return { status: 204 };
  throw new Refusal(404, `No flow "${id}" is deployed here.`);
}

function decodeId(segment: string): string {
  const id = decoded(segment);
  if (id !== undefined && isLegalFlowId(id)) return id;
  throw new Refusal(400, 'A flow id has 1 to 128 letters (A to Z), digits, dots, hyphens and underscores.');
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
