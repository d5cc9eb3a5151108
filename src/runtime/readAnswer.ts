import type * as z from 'zod';
import { callError, type RuntimeAnswer } from './runtimeCall';

/** An answer's JSON. Anything else, a login page for example, is an `unexpected-answer`. */
export function readJson(answer: RuntimeAnswer): unknown {
  if (answer.isGarbled) {
    throw callError('unexpected-answer', answer.call, { status: answer.status, detail: 'the answer is not UTF-8' });
  }
  try {
    return JSON.parse(answer.body);
  } catch {
    const detail = answer.body.trim() === '' ? 'empty answer' : `not JSON: ${answer.body}`;
    throw callError('unexpected-answer', answer.call, { status: answer.status, detail });
  }
}

/** Throws an `unexpected-answer` that names the place in the answer. */
export function readShape<T>(answer: RuntimeAnswer, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const detail = `${nameOfPlace(issue?.path ?? [])}: ${issue?.message ?? 'not the expected shape'}`;
  throw callError('unexpected-answer', answer.call, { status: answer.status, detail });
}

function nameOfPlace(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the answer';
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
