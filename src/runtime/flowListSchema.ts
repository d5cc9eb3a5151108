import * as z from 'zod';
import type { DeployedFlow } from '../core/ports';
import { timeSchema } from './timeSchema';
import { withoutUndefined } from './withoutUndefined';

const text = z.string().nullish();

/**
 * One item of `GET /_api/flows`. The reference promises `lastModified`, `hash` and `routeCount`, and is silent on the
 * field that holds the id: reading the first present of four is ours.
 */
const flowSchema = z
  .object({
    id: text,
    flowId: text,
    name: text,
    file: text,
    lastModified: timeSchema.nullish(),
    hash: text,
    routeCount: z.int().nonnegative().nullish(),
  })
  .transform((item, context): DeployedFlow => {
    const id = (item.id ?? item.flowId ?? item.name ?? item.file ?? '').replace(/(\.camel)?\.ya?ml$/, '');
    if (id === '') context.issues.push({ code: 'custom', message: 'no flow id', path: ['id'], input: item.id });
    const { lastModified, hash, routeCount } = item;
    // an empty hash says as little as none: the flow is there, and cannot be compared
    return { id, ...withoutUndefined({ lastModified, hash: hash === '' ? undefined : hash, routeCount }) };
  });

const flowArraySchema = z.array(flowSchema);
const flowObjectSchema = z.object({ flows: flowArraySchema }).transform(({ flows }) => flows);

/** A JSON array, or an object with the array under `flows` (decided). */
export function flowListSchemaFor(answer: unknown): z.ZodType<DeployedFlow[]> {
  // not a union: its error would not name the place
  return Array.isArray(answer) ? flowArraySchema : flowObjectSchema;
}
