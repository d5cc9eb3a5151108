import { RuntimeError, type RuntimeClient } from '../../core/ports';
import type { EnvironmentReading } from '../../core/promotion/types';

/**
 * One list and one health request, in parallel. The list decides: without it nothing is known of any flow, and without
 * health only the Camel version and the routes are. Undefined where the reading was cancelled.
 */
export async function readEnvironment(
  client: RuntimeClient,
  now: () => number,
  signal?: AbortSignal,
): Promise<EnvironmentReading | undefined> {
  const health = client.health(signal).catch((error: unknown) => {
    expectRuntimeError(error);
    return undefined;
  });
  try {
    const flows = await client.listFlows(signal);
    const known = await health;
    return {
      kind: 'read',
      at: now(),
      flows: new Map(flows.map((flow) => [flow.id, flow])),
      ...(known ? { health: known } : {}),
    };
  } catch (error) {
    const { kind, detail } = expectRuntimeError(error);
    await health;
    return kind === 'cancelled'
      ? undefined
      : { kind: 'failed', at: now(), reason: kind, ...(detail === undefined ? {} : { detail }) };
  }
}

function expectRuntimeError(error: unknown): RuntimeError {
  if (error instanceof RuntimeError) {
    return error;
  }
  throw error;
}
