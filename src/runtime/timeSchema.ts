import * as z from 'zod';

const isoTime = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|[+-]\d{2}(:?\d{2})?)?)?$/i;
const isoDuration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i;

/** As milliseconds this is March 1973, as seconds the year 5138. */
const firstMilliseconds = 1e11;

/** A point in time: ISO 8601 text, or epoch seconds or milliseconds. Gives milliseconds since 1970. */
export const timeSchema = z.union([z.number(), z.string()]).transform((value, context): number => {
  const time = typeof value === 'number' ? epochMs(value) : isoMs(value);
  if (time !== undefined) return time;
  context.issues.push({ code: 'custom', message: 'neither an ISO 8601 time nor an epoch', input: value });
  return z.NEVER;
});

function epochMs(value: number): number | undefined {
  if (value < 0) return undefined;
  return Math.round(value < firstMilliseconds ? value * 1000 : value);
}

function isoMs(value: string): number | undefined {
  const time = isoTime.test(value) ? Date.parse(value.replace(',', '.')) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** A length of time: milliseconds, or an ISO 8601 duration of days and less. Gives milliseconds. */
export const durationSchema = z.union([z.number().nonnegative(), z.string()]).transform((value, context): number => {
  const duration = typeof value === 'number' ? value : durationMs(value);
  if (duration !== undefined) return duration;
  context.issues.push({ code: 'custom', message: 'neither milliseconds nor an ISO 8601 duration', input: value });
  return z.NEVER;
});

function durationMs(value: string): number | undefined {
  const parts: readonly (string | undefined)[] = isoDuration.exec(value)?.slice(1) ?? [];
  if (parts.every((part) => part === undefined)) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part = '0') => Number(part.replace(',', '.')));
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
