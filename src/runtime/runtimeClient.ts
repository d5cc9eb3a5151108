import type { PutFlowAnswer, RuntimeClient } from '../core/ports';
import { flowListSchemaFor, readCanonicalFlows } from './flowListSchema';
import { healthSchemaFor, readCanonicalRoutes } from './healthSchema';
import { putAnswerSchema } from './putAnswerSchema';
import { readJson, readShape } from './readAnswer';
import type { RuntimeAnswer } from './runtimeCall';
import type { RuntimeClientOptions } from './runtimeClientOptions';
import { createRuntimeConnection } from './runtimeConnection';
import { createRuntimeViewsClient, idPath, type RuntimeViewsClient } from './runtimeViewsClient';

export type { ProxySettings, RuntimeClientOptions, TlsMaterial } from './runtimeClientOptions';

/**
 * A runtime's management API over HTTP. Paths, methods and the bearer token are documented in Pipebase's API
 * reference; how tolerantly answers are read, when a read is repeated and what is refused is decided here.
 *
 * The token is sent to the environment's own origin only, never with the open health call, and is in no error.
 */
export function createRuntimeClient(options: RuntimeClientOptions): RuntimeClient & RuntimeViewsClient {
  const connection = createRuntimeConnection(options);
  return {
    ...createRuntimeViewsClient(connection),
    health: async (signal) => {
      const answer = await connection.send({ method: 'GET', path: '/_api/health', isOpen: true }, signal);
      const health = readJson(answer);
      const routes = readCanonicalRoutes(health);
      if (routes === undefined) return readShape(answer, healthSchemaFor(health), health);
      const rest = { ...(health as object), routes: [] };
      return { ...readShape(answer, healthSchemaFor(rest), rest), routes };
    },
    listFlows: async (signal) => {
      const answer = await connection.send({ method: 'GET', path: '/_api/flows' }, signal);
      const flows = readJson(answer);
      return readCanonicalFlows(flows) ?? readShape(answer, flowListSchemaFor(flows), flows);
    },
    putFlow: async (id, { yaml, params, secretValues: secrets = [] }, signal) => {
      const body = JSON.stringify({ yaml, params });
      return readPutAnswer(await connection.send({ method: 'PUT', path: pathOf(id), body, secrets }, signal));
    },
    deleteFlow: async (id, signal) => {
      const answer = await connection.send({ method: 'DELETE', path: pathOf(id), acceptedStatus: 404 }, signal);
      return answer.status !== 404;
    },
    close: () => connection.close(),
  };
}

function pathOf(id: string): string {
  return idPath('/_api/flows', id);
}

function readPutAnswer(answer: RuntimeAnswer): PutFlowAnswer {
  try {
    return putAnswerSchema.parse(JSON.parse(answer.body));
  } catch {
    return {}; // any 2xx is success, with whatever body
  }
}
