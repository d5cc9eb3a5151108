import type { PutFlowAnswer, RuntimeClient } from '../core/ports';
import { RuntimeError } from '../core/ports';
import { flowListSchemaFor } from './flowListSchema';
import { healthSchemaFor } from './healthSchema';
import { putAnswerSchema } from './putAnswerSchema';
import { readJson, readShape } from './readAnswer';
import type { RuntimeAnswer } from './runtimeCall';
import type { RuntimeClientOptions } from './runtimeClientOptions';
import { createRuntimeConnection } from './runtimeConnection';

export type { ProxySettings, RuntimeClientOptions, TlsMaterial } from './runtimeClientOptions';

/**
 * A runtime's management API over HTTP. Paths, methods and the bearer token are documented in Pipebase's API
 * reference; how tolerantly answers are read, when a read is repeated and what is refused is decided here.
 *
 * The token is sent to the environment's own origin only, never with the open health call, and is in no error.
 */
export function createRuntimeClient(options: RuntimeClientOptions): RuntimeClient {
  const connection = createRuntimeConnection(options);
  return {
    health: async (signal) => {
      const answer = await connection.send({ method: 'GET', path: '/_api/health', isOpen: true }, signal);
      const health = readJson(answer);
      return readShape(answer, healthSchemaFor(health), health);
    },
    listFlows: async (signal) => {
      const answer = await connection.send({ method: 'GET', path: '/_api/flows' }, signal);
      const flows = readJson(answer);
      return readShape(answer, flowListSchemaFor(flows), flows);
    },
    putFlow: async (id, { yaml, params }, signal) => {
      const body = JSON.stringify({ yaml, params });
      return readPutAnswer(await connection.send({ method: 'PUT', path: pathOf(id), body }, signal));
    },
    deleteFlow: async (id, signal) => {
      const answer = await connection.send({ method: 'DELETE', path: pathOf(id), acceptedStatus: 404 }, signal);
      return answer.status !== 404;
    },
    close: () => connection.close(),
  };
}

function pathOf(id: string): string {
  // As a path segment these two mean another address, encoded or not.
  if (id === '' || id === '.' || id === '..') {
    throw new RuntimeError('rejected', { detail: `"${id}" cannot be the id of a flow` });
  }
  return `/_api/flows/${encodeURIComponent(id)}`;
}

function readPutAnswer(answer: RuntimeAnswer): PutFlowAnswer {
  try {
    return putAnswerSchema.parse(JSON.parse(answer.body));
  } catch {
    return {}; // any 2xx is success, with whatever body
  }
}
