import { setTimeout as delay } from 'node:timers/promises';
import { RuntimeError, type RuntimeErrorKind } from '../core/ports';
import { EndlessEventError, EventStreamParser, type ServerEvent } from './parseEventStream';
import type { EventConnection } from './openEvents';

export interface FollowOptions {
  /** A stream that is silent for so long is taken for dead; heartbeats are comments. Default 60 s (decided). */
  readonly silenceMs?: number;
  /**
   * First pause before the stream is opened again, whatever shorter one the stream asks for; doubles up to
   * `longestPauseMs`, until a connection has held for longer than that. Defaults 1 s and 30 s (decided).
   */
  readonly firstPauseMs?: number;
  readonly longestPauseMs?: number;
  /** Told when the stream is open, and when it is lost, with the reason where there is one. */
  readonly onConnection?: (isConnected: boolean, reason?: RuntimeError) => void;
}

/** A `Retry-After` counts up to here, in milliseconds (decided). */
const longestAskedMs = 60 * 60 * 1000;

/** Passing trouble: worth another try for as long as somebody follows. Everything else ends the stream. */
const passing: ReadonlySet<RuntimeErrorKind> = new Set<RuntimeErrorKind>([
  'network',
  'timeout',
  'server-error',
  'rate-limited',
]);

/** Undefined where the runtime says that there is no more to come. */
export type OpenEvents = (lastEventId: string, silenceMs: number) => Promise<EventConnection | undefined>;

/**
 * The events of a stream, over its interruptions: opened again with jittered back-off and `Last-Event-ID`, until the
 * signal ends it (it then just ends), the runtime says that there is no more (204, as the HTML standard has it), or an
 * error comes that will not pass by itself (a `RuntimeError` is thrown). A `Retry-After` makes a pause longer, never
 * shorter.
 *
 * Back-pressure: nothing is read ahead of the consumer but 64 KiB; the signal closes the socket.
 */
export async function* followEvents(
  open: OpenEvents,
  options: FollowOptions,
  signal: AbortSignal,
  wait: (ms: number) => Promise<unknown> = (ms) => delay(ms, undefined, { signal }).catch(() => undefined),
  now: () => number = () => performance.now(),
): AsyncGenerator<ServerEvent, void, undefined> {
  const { silenceMs = 60_000, firstPauseMs = 1000, longestPauseMs = 30_000, onConnection } = options;
  const place: Place = { lastEventId: '', retryMs: 0 };
  let failures = 0;
  while (!signal.aborted) {
    let askedMs = 0;
    let openedAt = Infinity;
    try {
      const connection = await open(place.lastEventId, silenceMs);
      if (!connection) return;
      openedAt = now();
      onConnection?.(true);
      yield* eventsOf(connection, place);
      onConnection?.(false);
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error;
      if (error.kind === 'cancelled') return;
      if (!passing.has(error.kind)) throw error;
      askedMs = Math.min(longestAskedMs, error.retryAfterMs ?? 0);
      onConnection?.(false, error);
    }
    // one that ends as soon as it is open is no better than one that does not open
    if (now() - openedAt > longestPauseMs) failures = 0;
    const stepMs = Math.min(longestPauseMs, Math.max(firstPauseMs, place.retryMs) * 2 ** failures++);
    // jittered, so that many windows do not come back at once; ends early when cancelled
    await wait(Math.max(askedMs, stepMs * (0.5 + Math.random() / 2)));
  }
}

/** Where the stream is, over all its connections. */
interface Place {
  lastEventId: string;
  /** The pause that the stream asked for. */
  retryMs: number;
}

async function* eventsOf(connection: EventConnection, place: Place): AsyncGenerator<ServerEvent, void, undefined> {
  const parser = new EventStreamParser(place.lastEventId);
  for await (const bytes of connection.chunks) {
    const { events, retryMs = place.retryMs } = readPiece(parser, bytes, connection);
    place.retryMs = retryMs;
    yield* events;
    place.lastEventId = parser.lastEventId;
  }
}

function readPiece(parser: EventStreamParser, bytes: Uint8Array, connection: EventConnection) {
  try {
    return parser.push(bytes);
  } catch (error) {
    if (error instanceof EndlessEventError) throw connection.error('unexpected-answer', error.message);
    throw error;
  }
}
