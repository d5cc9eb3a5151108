import { errorName } from '../../core/errorName';
import { RuntimeError, type DeployedFlow, type RuntimeClient } from '../../core/ports';
import type { EnvironmentReading, GoodReading, UnreachableReason } from '../../core/promotion/types';

/** A reading as it came. What the log tells, and no view, of a health call that failed beside the list is `healthDetail`. */
export type FreshReading = EnvironmentReading & { readonly healthDetail?: string };

/** How long a list that has come waits for the health beside it, in milliseconds (decided). */
const healthPatienceMs = 500;

/**
 * One list and one health request, in parallel. The list decides: without it nothing is known of any flow, and without
 * health only the Camel version and the routes are not. So health never holds the list up for long, and not at all
 * where the list failed. Undefined where `signal` has cancelled the reading.
 */
export async function readEnvironment(
  client: RuntimeClient,
  now: () => number,
  signal?: AbortSignal,
): Promise<FreshReading | undefined> {
  const lateness = new AbortController();
  const ending = signal ? AbortSignal.any([signal, lateness.signal]) : lateness.signal;
  const health = client.health(ending).then(
    (known) => ({ health: known }),
    (error: unknown) => (lateness.signal.aborted ? tooLate : healthFailureOf(error)),
  );
  try {
    const flows = await client.listFlows(signal);
    const timer = setTimeout(() => {
      lateness.abort();
    }, healthPatienceMs);
    const known = await health;
    clearTimeout(timer);
    return { kind: 'read', at: now(), flows: byId(flows), ...known };
  } catch (error) {
    lateness.abort();
    await health;
    return signal?.aborted ? undefined : failedReading(error, now());
  }
}

const tooLate = { healthFailure: 'timeout', healthDetail: 'no answer soon after the list' } as const;

function healthFailureOf(error: unknown): Pick<GoodReading, 'healthFailure'> & Pick<FreshReading, 'healthDetail'> {
  const healthDetail = detailOf(error);
  return { healthFailure: reasonOf(error), ...(healthDetail === undefined ? {} : { healthDetail }) };
}

/**
 * Of two items of one id (`orders.yaml` and `orders.camel.yaml`, say) with different hashes nobody knows which runs: the
 * flow is deployed and cannot be compared (decided).
 */
function byId(flows: readonly DeployedFlow[]): ReadonlyMap<string, DeployedFlow> {
  const known = new Map<string, DeployedFlow>();
  for (const flow of flows) {
    const other = known.get(flow.id);
    known.set(flow.id, other && other.hash !== flow.hash ? withoutHash(flow) : flow);
  }
  return known;
}

function withoutHash({ id, lastModified, routeCount }: DeployedFlow): DeployedFlow {
  return {
    id,
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(routeCount === undefined ? {} : { routeCount }),
  };
}

/** A reading that failed remembers the last answer, so that it can be shown as such. */
export function withLastAnswer(reading: EnvironmentReading, last: GoodReading | undefined): EnvironmentReading {
  return reading.kind === 'failed' && last ? { ...reading, last } : reading;
}

/** Whatever went wrong, what was read before is not the state any more. */
function failedReading(error: unknown, at: number): EnvironmentReading {
  const detail = detailOf(error);
  return { kind: 'failed', at, reason: reasonOf(error), ...(detail === undefined ? {} : { detail }) };
}

/** `cancelled` where nobody has cancelled: the connections were closed here, and no answer came. */
function reasonOf(error: unknown): UnreachableReason {
  if (!(error instanceof RuntimeError)) {
    return 'unexpected-answer';
  }
  return error.kind === 'cancelled' ? 'network' : error.kind;
}

function detailOf(error: unknown): string | undefined {
  if (!(error instanceof RuntimeError)) {
    return `the extension could not read it (${errorName(error)})`;
  }
  return error.kind === 'cancelled' ? 'the connection was closed here before an answer came' : error.detail;
}
