import * as z from 'zod';
import { durationSchema, timeSchema } from './timeSchema';
import { withoutUndefined } from './withoutUndefined';

/** One run of a Camel route, as far as the runtime tells. */
export interface RouteRun {
  readonly id?: string;
  readonly routeId?: string;
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
  readonly durationMs?: number;
  readonly status?: string;
  readonly error?: string;
}

const text = z.string().nullish();

/**
 * One item of `GET /_api/runs`. The reference promises a run history per Camel route id and shows no fields: each is
 * optional, and is the first present of the names that are usual for it (decided).
 */
const runSchema = z
  .object({
    id: text,
    runId: text,
    exchangeId: text,
    routeId: text,
    startedAt: timeSchema.nullish(),
    startTime: timeSchema.nullish(),
    timestamp: timeSchema.nullish(),
    durationMs: durationSchema.nullish(),
    duration: durationSchema.nullish(),
    status: text,
    state: text,
    error: text,
  })
  .transform((run): RouteRun => {
    const { routeId, error } = run;
    return withoutUndefined({
      id: run.id ?? run.runId ?? run.exchangeId,
      routeId,
      startedAt: run.startedAt ?? run.startTime ?? run.timestamp,
      durationMs: run.durationMs ?? run.duration,
      status: run.status ?? run.state,
      error,
    });
  });

const runArraySchema = z.array(runSchema);
const runObjectSchema = z.object({ runs: runArraySchema }).transform(({ runs }) => runs);

/** A JSON array, or an object with the array under `runs` (decided, as for flows). */
export function runsSchemaFor(answer: unknown): z.ZodType<RouteRun[]> {
  return Array.isArray(answer) ? runArraySchema : runObjectSchema;
}
