import type { Dispatcher } from 'undici';
import { EventBody } from './eventBody';
import { Exchange } from './exchange';
import type { TransportAnswer, TransportFault, TransportOptions, TransportStream } from './transportTypes';

type Limits = Pick<TransportOptions, 'timeoutMs' | 'maxAnswerBytes'>;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** One request for server-sent events. Up to the headers, and where the answer is no stream, it is as any other. */
export class EventExchange implements Dispatcher.DispatchHandler {
  readonly result: Promise<TransportStream | TransportAnswer | TransportFault>;
  private readonly plain: Exchange;
  private open!: (stream: TransportStream) => void;
  private body: EventBody | undefined;

  constructor(
    limits: Limits,
    private readonly silenceMs: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.plain = new Exchange(limits, signal);
    this.result = Promise.race([new Promise<TransportStream>((resolve) => (this.open = resolve)), this.plain.result]);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.plain.onRequestStart(controller);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    const isStream = status === 200 && /^text\/event-stream\s*(;|$)/i.test(String(headers['content-type'] ?? ''));
    if (!isStream) {
      this.plain.onResponseStart(controller, status, headers);
      return;
    }
    const encoding = String(headers['content-encoding'] ?? 'identity').trim();
    if (!/^(identity)?$/i.test(encoding)) {
      this.plain.refuse(`the events are encoded as "${encoding}", which was not asked for`);
      return;
    }
    this.plain.leave();
    this.body = new EventBody(controller, this.silenceMs, this.signal);
    this.open(this.body);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.body) this.body.push(chunk);
    else this.plain.onResponseData(controller, chunk);
  }

  onResponseEnd(): void {
    if (this.body) this.body.finish(undefined);
    else this.plain.onResponseEnd();
  }

  onResponseError(controller: unknown, error: Error): void {
    if (this.body) this.body.breakOff(error);
    else this.plain.onResponseError(controller, error);
  }
}
