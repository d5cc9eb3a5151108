import * as z from 'zod';
import type { RouteHealth, RuntimeHealth } from '../core/ports';
import { durationSchema } from './timeSchema';
import { withoutUndefined } from './withoutUndefined';

const text = z.string().nullish();
const unknownStatus = 'UNKNOWN';

const routeSchema = z
  .object({ id: text, routeId: text, status: text, state: text })
  .transform((route, context): RouteHealth => {
    const id = route.id ?? route.routeId ?? '';
    if (id === '') context.issues.push({ code: 'custom', message: 'no route id', path: ['id'], input: route.id });
    return { id, status: route.status ?? route.state ?? unknownStatus };
  });

const routeMapSchema = z
  .record(z.string(), z.string())
  .transform((routes): RouteHealth[] => Object.entries(routes).map(([id, status]) => ({ id, status })));

/**
 * `GET /_api/health`. The reference promises uptime, Camel version and per-route status; their names and forms are
 * read tolerantly (decided): uptime in milliseconds or as an ISO 8601 duration, `camelVersion` or `camel.version`,
 * routes as an array or as a map id → status.
 */
export function healthSchemaFor(answer: unknown): z.ZodType<RuntimeHealth> {
  return hasRouteArray(answer) ? healthWithSchema(z.array(routeSchema)) : healthWithSchema(routeMapSchema.nullish());
}

// not a union: its error would not name the place
function hasRouteArray(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'routes' in answer && Array.isArray(answer.routes);
}

function healthWithSchema(routesSchema: z.ZodType<RouteHealth[] | null | undefined>): z.ZodType<RuntimeHealth> {
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
