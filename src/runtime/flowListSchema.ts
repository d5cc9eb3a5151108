import * as z from 'zod';
import type { DeployedFlow } from '../core/ports';
import { timeMs } from './timeSchema';

const text = z.string().nullish();

/**
 * One item of `GET /_api/flows`. The reference promises `lastModified`, `hash` and `routeCount`, and is silent on the
 * field that holds the id: reading the first present of four is ours.
 */
const itemSchema = z.object({
  id: text,
  flowId: text,
  name: text,
  file: text,
  // these two are judged below: zod's own union and integer take five times as long as all the rest
  lastModified: z.unknown().optional(),
  routeCount: z.unknown().optional(),
  hash: text,
});

type Item = z.infer<typeof itemSchema>;

/** Of the whole list at once: a transformation per item takes longer than reading the JSON. */
const flowArraySchema = z.array(itemSchema).transform((items, context): DeployedFlow[] =>
  items.map((item, index) => {
    const flow = flowOf(item);
    const problem = problemOf(item, flow);
    if (problem) {
      const { name, message } = problem;
      context.issues.push({ code: 'custom', message, path: [index, name], input: item[name] });
    }
    return flow;
  }),
);

function problemOf(item: Item, flow: DeployedFlow): { name: keyof Item; message: string } | undefined {
  if (flow.id === '') return { name: 'id', message: 'no flow id' };
  if (flow.lastModified === undefined && isThere(item.lastModified)) {
    return { name: 'lastModified', message: 'neither an ISO 8601 time nor an epoch' };
  }
  if (flow.routeCount === undefined && isThere(item.routeCount)) {
    return { name: 'routeCount', message: 'not a number of routes' };
  }
  return undefined;
}

const flowObjectSchema = z.object({ flows: flowArraySchema }).transform(({ flows }) => flows);

const suffix = /(\.camel)?\.ya?ml$/;

function idOf({ id, flowId, name, file }: Item): string {
  const given = id ?? flowId ?? name ?? file ?? '';
  return given.endsWith('ml') ? given.replace(suffix, '') : given;
}

/** What is absent or null is left out; an empty hash says as little as none: deployed, and not comparable. */
function flowOf(item: Item): DeployedFlow {
  const { lastModified, hash, routeCount } = item;
  const flow: { -readonly [K in keyof DeployedFlow]: DeployedFlow[K] } = { id: idOf(item) };
  const time = timeMs(lastModified);
  if (time !== undefined) flow.lastModified = time;
  if (hash) flow.hash = hash;
  if (typeof routeCount === 'number' && Number.isSafeInteger(routeCount) && routeCount >= 0) {
    flow.routeCount = routeCount;
  }
  return flow;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A JSON array, or an object with the array under `flows` (decided). */
export function flowListSchemaFor(answer: unknown): z.ZodType<DeployedFlow[]> {
  // not a union: its error would not name the place
  return Array.isArray(answer) ? flowArraySchema : flowObjectSchema;
}

/**
 * What {@link flowListSchemaFor} would read of a list in the canonical shape, in a quarter of the time: a refresh may
 * bring thousands of items. Undefined as soon as anything is unusual: then the schema reads, and judges, all of it.
 */
export function readCanonicalFlows(answer: unknown): DeployedFlow[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const flows: DeployedFlow[] = [];
  for (const item of answer as readonly unknown[]) {
    const flow = readCanonicalFlow(item);
    if (flow === undefined) return undefined;
    flows.push(flow);
  }
  return flows;
}

function readCanonicalFlow(item: unknown): DeployedFlow | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { id, lastModified: time, hash, routeCount } = item as Partial<Record<keyof DeployedFlow, unknown>>;
  if (typeof id !== 'string' || typeof hash !== 'string' || typeof routeCount !== 'number') return undefined;
  if (id === '' || id.endsWith('ml') || hash === '' || !Number.isSafeInteger(routeCount) || routeCount < 0)
    return undefined;
  const lastModified = timeMs(time);
  return lastModified === undefined ? undefined : { id, lastModified, hash, routeCount };
}
