import * as z from 'zod';

/** A secret or a variable: where the value comes from instead of the file. */
const parameterSource = z.union([
  z.strictObject({ secret: z.literal(true) }).describe('Kept in the secret storage of the editor, per environment.'),
  z.strictObject({ env: z.string().min(1) }).describe('Read from a variable of the process environment.'),
]);

const parameterValueSchema = z.union([z.string(), z.number(), z.boolean(), parameterSource]);

const parameters = z.record(z.string(), parameterValueSchema);

export const tlsSchema = z.strictObject({
  caFile: z.string().min(1).optional().describe('PEM file with the certificates to trust, relative to this file.'),
  certFile: z.string().min(1).optional().describe('PEM file with the client certificate, relative to this file.'),
  keyFile: z.string().min(1).optional().describe('PEM file with the key of the client certificate.'),
});

export const environmentSchema = z.strictObject({
  name: z.string().min(1).optional().describe('Shown instead of the id.'),
  url: z.string().min(1).describe('Base URL of the runtime, such as https://runtime.example.com.'),
  promotesTo: z.string().min(1).optional().describe('The environment that flows are promoted to from here.'),
  default: z.boolean().optional().describe('The environment to begin with. Without one it is the first.'),
  protected: z.boolean().optional().describe('Ask before any change, naming flow, environment and URL.'),
  allowInsecure: z
    .boolean()
    .optional()
    .describe('Allow plain http to another machine: the token can be read on the way.'),
  parameters: parameters.optional().describe('Values for this environment; they win over the global ones.'),
  substitution: z
    .enum(['runtime', 'client'])
    .optional()
    .describe('Who replaces {{name}}: the runtime (default), or this client before it sends.'),
  tls: tlsSchema.optional(),
  timeoutMs: z.int().min(1).max(600_000).optional().describe('How long a request may take, in milliseconds.'),
});

/** The shape of `pipebase.yaml` (PROMOTION-MODEL, the registry); the source of its types and of its JSON Schema. */
export const registrySchema = z.strictObject({
  version: z.literal(1).describe('Version of this format.'),
  flows: z
    .strictObject({
      include: z.array(z.string().min(1)).optional().describe('Glob patterns of the flow files.'),
      exclude: z.array(z.string().min(1)).optional().describe('Glob patterns of files that are no flows.'),
    })
    .optional(),
  parameters: parameters.optional().describe('Values for every environment.'),
  environments: z.record(z.string().min(1), environmentSchema).describe('The environments, by id, in the order shown.'),
});

export type EnvironmentEntry = z.infer<typeof environmentSchema>;

/** JSON Schema (draft 2020-12) of `pipebase.yaml`, for editors that complete and validate YAML. */
export function registryJsonSchema(): object {
  return { ...z.toJSONSchema(registrySchema), title: 'Pipebase registry' };
}
