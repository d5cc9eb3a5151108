import * as z from 'zod';
import type { ServerEvent } from './parseEventStream';
import { timeSchema } from './timeSchema';
import { withoutUndefined } from './withoutUndefined';

/** A line of the runtime's log. */
export interface LogEvent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
  readonly level?: string;
  readonly logger?: string;
  readonly routeId?: string;
  readonly message: string;
}

/** A step of an exchange on its way through a route. */
export interface TraceEvent {
  readonly id: string;
  readonly at?: number;
  readonly routeId?: string;
  readonly exchangeId?: string;
  readonly nodeId?: string;
  /** Everything that came, by name; under `text` what was no JSON object. */
  readonly fields: Readonly<Record<string, unknown>>;
}

// the reference shows no fields: one that is of another type than expected is as good as absent (decided)
const text = z.string().optional().catch(undefined);
const time = timeSchema.optional().catch(undefined);

const placeSchema = z.object({ timestamp: time, time, routeId: text, exchangeId: text, nodeId: text });
const lineSchema = z.object({ timestamp: time, time, level: text, logger: text, routeId: text, message: text });

/** Never throws: what cannot be read is shown as it came. */
export function readLogEvent({ id, data }: ServerEvent): LogEvent {
  const fields = recordOf(data);
  if (!fields) return { id, message: data };
  const { timestamp, time: at = timestamp, message = data, ...rest } = lineSchema.parse(fields);
  return { id, message, ...withoutUndefined({ at, ...rest }) };
}

/** Never throws. */
export function readTraceEvent({ id, data }: ServerEvent): TraceEvent {
  const fields = recordOf(data);
  if (!fields) return { id, fields: { text: data } };
  const { timestamp, time: at = timestamp, ...rest } = placeSchema.parse(fields);
  return { id, fields, ...withoutUndefined({ at, ...rest }) };
}

function recordOf(data: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
