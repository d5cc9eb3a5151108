import * as z from 'zod';
import type { RouteHealth, RuntimeHealth } from '../core/ports';
import { durationSchema } from './timeSchema';
import { withoutUndefined } from './withoutUndefined';

const text = z.string().nullish();
const unknownStatus = 'UNKNOWN';

/** Of the whole array at once: a transformation per route takes longer than reading the JSON. */
const routeArraySchema = z
  .array(z.object({ id: text, routeId: text, status: text, state: text }))
  .transform((routes, context): RouteHealth[] =>
    routes.map(({ id: given, routeId, status, state }, index) => {
      const id = given ?? routeId ?? '';
      if (id === '') context.issues.push({ code: 'custom', message: 'no route id', path: [index, 'id'], input: given });
      return { id, status: status ?? state ?? unknownStatus };
    }),
  );

const routeMapSchema = z
  .record(z.string(), z.string())
  .transform((routes): RouteHealth[] => Object.entries(routes).map(([id, status]) => ({ id, status })));

/**
 * `GET /_api/health`. The reference promises uptime, Camel version and per-route status; their names and forms are
 * read tolerantly (decided): uptime in milliseconds or as an ISO 8601 duration, `camelVersion` or `camel.version`,
 * routes as an array or as a map id → status.
 */
export function healthSchemaFor(answer: unknown): z.ZodType<RuntimeHealth> {
  return hasRouteArray(answer)
    ? (healthWithArray ??= healthWith(routeArraySchema))
    : (healthWithMap ??= healthWith(routeMapSchema.nullish()));
}

// not a union: its error would not name the place
function hasRouteArray(answer: unknown): answer is { readonly routes: readonly unknown[] } {
  return typeof answer === 'object' && answer !== null && 'routes' in answer && Array.isArray(answer.routes);
}

// made once, and at the first answer
let healthWithArray: z.ZodType<RuntimeHealth> | undefined;
let healthWithMap: z.ZodType<RuntimeHealth> | undefined;

function healthWith(routesSchema: z.ZodType<RouteHealth[] | null | undefined>): z.ZodType<RuntimeHealth> {
  return z
    .object({
      status: text,
      uptime: durationSchema.nullish(),
      camelVersion: text,
      camel: z.object({ version: text }).nullish(),
      'camel.version': text,
      routes: routesSchema,
    })
    .transform((health): RuntimeHealth => {
      const camelVersion = health.camelVersion ?? health.camel?.version ?? health['camel.version'];
      const optional = withoutUndefined({ uptimeMs: health.uptime, camelVersion });
      return { status: health.status ?? unknownStatus, routes: health.routes ?? [], ...optional };
    });
}

/**
 * The routes of an answer in the canonical shape, in a fraction of the time that the schema takes. Undefined as soon as
 * anything is unusual: then the schema reads, and judges, all of it.
 */
export function readCanonicalRoutes(answer: unknown): RouteHealth[] | undefined {
  if (!hasRouteArray(answer)) return undefined;
  const routes: RouteHealth[] = [];
  for (const route of answer.routes) {
    if (typeof route !== 'object' || route === null) return undefined;
    const { id, status } = route as { id?: unknown; status?: unknown };
    if (typeof id !== 'string' || id === '' || typeof status !== 'string') return undefined;
    routes.push({ id, status });
  }
  return routes;
}
