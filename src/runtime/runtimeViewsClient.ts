import * as z from 'zod';
import { RuntimeError } from '../core/ports';
import { readLogEvent, readTraceEvent, type LogEvent, type TraceEvent } from './eventSchema';
import { followEvents, type FollowOptions } from './followEvents';
import { mappingsSchemaFor, type MappingDocument } from './mappingsSchema';
import type { ServerEvent } from './parseEventStream';
import { readJson, readShape } from './readAnswer';
import { runsSchemaFor, type RouteRun } from './runsSchema';
import type { RuntimeConnection } from './runtimeConnection';

/** A per-flow access policy, as the runtime gave it: the reference shows no fields. */
export type AuthPolicy = Readonly<Record<string, unknown>>;

export interface MappingsClient {
  list(signal?: AbortSignal): Promise<readonly MappingDocument[]>;
  put(id: string, document: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<void>;
  /** Resolves to `false` where the runtime said that it had no such mapping. */
  delete(id: string, signal?: AbortSignal): Promise<boolean>;
}

/** What the management API has beside flows (documented: methods and paths). Errors are `RuntimeError`s. */
export interface RuntimeViewsClient {
  /** Newest first or last, as the runtime keeps them: a ring buffer, so not all that ever were. */
  runs(
    query: { readonly routeId?: string; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<readonly RouteRun[]>;
  readonly valueMappings: MappingsClient;
  readonly messageMappings: MappingsClient;
  /** Undefined where the flow has none. */
  authPolicy(flowId: string, signal?: AbortSignal): Promise<AuthPolicy | undefined>;
  putAuthPolicy(flowId: string, policy: AuthPolicy, signal?: AbortSignal): Promise<void>;
  deleteAuthPolicy(flowId: string, signal?: AbortSignal): Promise<boolean>;
  /** Goes on over interruptions until cancelled; see `followEvents`. */
  traces(options?: FollowOptions, signal?: AbortSignal): AsyncGenerator<TraceEvent, void, undefined>;
  logs(options?: FollowOptions, signal?: AbortSignal): AsyncGenerator<LogEvent, void, undefined>;
}

export function createRuntimeViewsClient(connection: RuntimeConnection): RuntimeViewsClient {
  return {
    runs: async ({ routeId, limit }, signal) => {
      const query = new URLSearchParams();
      if (routeId !== undefined) query.set('routeId', routeId);
      if (limit !== undefined) query.set('limit', String(limit));
      const answer = await connection.send({ method: 'GET', path: `/_api/runs?${query.toString()}` }, signal);
      const runs = readJson(answer);
      return readShape(answer, runsSchemaFor(runs), runs);
    },
    valueMappings: mappingsClient(connection, '/_api/value-mappings'),
    messageMappings: mappingsClient(connection, '/_api/message-mappings'),
    authPolicy: async (flowId, signal) => {
      const path = idPath('/_api/auth', flowId);
      const answer = await connection.send({ method: 'GET', path, acceptedStatus: 404 }, signal);
      return answer.status === 404 ? undefined : readShape(answer, policySchema, readJson(answer));
    },
    putAuthPolicy: async (flowId, policy, signal) => put(connection, idPath('/_api/auth', flowId), policy, signal),
    deleteAuthPolicy: async (flowId, signal) => remove(connection, idPath('/_api/auth', flowId), signal),
    traces: (options, signal) => events(connection, '/_api/trace/stream', readTraceEvent, options, signal),
    logs: (options, signal) => events(connection, '/_api/logs/stream', readLogEvent, options, signal),
  };
}

const policySchema = z.record(z.string(), z.unknown());

function mappingsClient(connection: RuntimeConnection, base: string): MappingsClient {
  return {
    list: async (signal) => {
      const answer = await connection.send({ method: 'GET', path: base }, signal);
      const mappings = readJson(answer);
      return readShape(answer, mappingsSchemaFor(mappings), mappings);
    },
    put: async (id, document, signal) => put(connection, idPath(base, id), document, signal),
    delete: async (id, signal) => remove(connection, idPath(base, id), signal),
  };
}

async function put(connection: RuntimeConnection, path: string, body: unknown, signal?: AbortSignal): Promise<void> {
  await connection.send({ method: 'PUT', path, body: JSON.stringify(body) }, signal);
}

async function remove(connection: RuntimeConnection, path: string, signal?: AbortSignal): Promise<boolean> {
  return (await connection.send({ method: 'DELETE', path, acceptedStatus: 404 }, signal)).status !== 404;
}

/** The address of one flow, mapping or policy. */
export function idPath(base: string, id: string): string {
  // As a path segment the two of dots mean another address, encoded or not; half a character cannot be encoded.
  if (id === '' || id === '.' || id === '..' || /\p{Surrogate}/u.test(id)) {
    throw new RuntimeError('rejected', { detail: `${JSON.stringify(id)} cannot be an id` });
  }
  return `${base}/${encodeURIComponent(id)}`;
}

function events<T>(
  connection: RuntimeConnection,
  path: string,
  read: (event: ServerEvent) => T,
  options: FollowOptions = {},
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  // ended by whoever asked, by closing the client, and by leaving the loop
  const own = new AbortController();
  const ending = AbortSignal.any([own.signal, connection.closed, ...(signal ? [signal] : [])]);
  const open = (lastEventId: string, silenceMs: number) =>
    connection.openEvents({ method: 'GET', path, lastEventId: headerText(lastEventId) }, silenceMs, ending);
  return endedBy(own, readEach(followEvents(open, options, ending), read, own));
}

async function* readEach<T>(
  events: AsyncIterable<ServerEvent>,
  read: (event: ServerEvent) => T,
  own: AbortController,
): AsyncGenerator<T, void, undefined> {
  try {
    for await (const event of events) yield read(event);
  } finally {
    own.abort(); // where it ends with an error of ours the stream itself is open still
  }
}

/** A generator answers `return` only after the `next` before it, which may wait for a runtime that is silent. */
function endedBy<T>(
  own: AbortController,
  generator: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const end = generator.return.bind(generator);
  generator.return = (value) => {
    own.abort();
    return end(value);
  };
  return generator;
}

/** UTF-8 as bytes, as the HTML standard has it; an id that no header can carry is not sent. */
function headerText(id: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(id) ? '' : Buffer.from(id, 'utf8').toString('latin1');
}
