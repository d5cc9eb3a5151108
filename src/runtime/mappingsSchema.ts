import * as z from 'zod';

/** A value or message mapping. The reference calls it a document and shows no fields but the id in its path. */
export interface MappingDocument {
  readonly id: string;
  /** The whole of it, the id included, as the runtime gave it. */
  readonly document: Readonly<Record<string, unknown>>;
}

const documentSchema = z.record(z.string(), z.unknown()).transform((document, context): MappingDocument => {
  const id = document.id ?? document.name;
  if (typeof id === 'string' && id !== '') return { id, document };
  context.issues.push({ code: 'custom', message: 'no mapping id', path: ['id'], input: id });
  return z.NEVER;
});

const arraySchema = z.array(documentSchema);
const listNames = ['mappings', 'valueMappings', 'messageMappings'] as const;

/** Id → document. */
const mapSchema = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .transform((documents): MappingDocument[] => Object.entries(documents).map(([id, document]) => ({ id, document })));

/** An array, an object with the array under `mappings` or its own name, or a map id → document (decided). */
export function mappingsSchemaFor(answer: unknown): z.ZodType<MappingDocument[]> {
  if (Array.isArray(answer)) return arraySchema;
  const name = listNames.find((key) => isRecord(answer) && Array.isArray(answer[key]));
  if (name === undefined) return mapSchema;
  return z.object({ [name]: arraySchema }).transform((found) => found[name] ?? []);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
