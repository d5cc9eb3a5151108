import assert from 'node:assert/strict';
import { RuntimeError } from '../../src/core/ports';

/** The error that a call ends in; fails where it succeeds or ends in anything else. */
export async function catchRuntimeError(call: Promise<unknown>): Promise<RuntimeError> {
  const result = await call.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in result) assert.fail(`expected a RuntimeError, got ${JSON.stringify(result.value)}`);
  if (!(result.error instanceof RuntimeError)) throw result.error;
  return result.error;
}
