import * as z from 'zod';
import type { PageMessage, PageState } from '../../shared/messages';

const id = z.string().min(1).max(4096);

const scope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('flow'), folder: id, flow: id }),
]);

const intent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deploy'), folder: id, flow: id, environment: id }),
  z.strictObject({ kind: z.literal('promote'), folder: id, flow: id, from: id }),
  z.strictObject({ kind: z.literal('undeploy'), folder: id, flow: id, environment: id }),
]);

/** The page is shown hostile names; what comes back from it is checked before it is believed. */
export const pageMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('refresh') }),
  z.strictObject({ type: z.literal('scope'), scope }),
  z.strictObject({ type: z.literal('openYaml'), folder: id, flow: id }),
  z.strictObject({ type: z.literal('setToken'), folder: id, environment: id }),
  z.strictObject({ type: z.literal('startLocal'), folder: id, environment: id }),
  z.strictObject({
    type: z.literal('command'),
    command: z.enum(['startLocalEnvironments', 'openRegistry', 'newFlow', 'manageTrust', 'openFolder', 'showAll']),
    folder: id.exactOptional(),
  }),
  z.strictObject({ type: z.literal('intent'), intent }),
]) satisfies z.ZodType<PageMessage>;

export const pageStateSchema = z.object({ scope }) satisfies z.ZodType<PageState>;
