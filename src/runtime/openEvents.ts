import type { RuntimeError, RuntimeErrorKind } from '../core/ports';
import { faultError, statusError } from './answerError';
import { callError, type AddressedCall } from './runtimeCall';
import type { TransportAnswer, TransportFault, TransportStream } from './transportTypes';

/** One connection of an event stream. */
export interface EventConnection {
  /** Throws a `RuntimeError` where the stream breaks. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** An error of this call, for what its reader finds wrong. */
  error(kind: RuntimeErrorKind, detail: string): RuntimeError;
}

/** What became of a request for events: the stream, or undefined for 204. Throws for everything else. */
export function openedEvents(
  call: AddressedCall,
  result: TransportStream | TransportAnswer | TransportFault,
): EventConnection | undefined {
  switch (result.kind) {
    case 'failed':
      throw faultError(call, result);
    case 'answered':
      if (result.status === 204) return undefined;
      if (result.status !== 200) throw statusError(call, result);
      throw callError('unexpected-answer', call, { status: 200, detail: `no event stream: ${result.body}` });
    case 'streaming':
      return {
        chunks: chunksOf(call, result),
        error: (kind, detail) => callError(kind, call, { detail }),
      };
  }
}

async function* chunksOf(call: AddressedCall, stream: TransportStream): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const next = await stream.read();
    if (next === undefined) return;
    if (!(next instanceof Uint8Array)) throw faultError(call, next);
    yield next;
  }
}
