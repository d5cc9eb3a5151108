import type { Dispatcher } from 'undici';
import { classifyFault } from './classifyFault';
import type { TransportFault, TransportStream } from './transportTypes';

/** Above this, nothing more is read from the socket until the reader has caught up. */
const highWaterBytes = 64 * 1024;

/** The body of an event stream: bounded, with a time-out for silence, ended by its signal. */
export class EventBody implements TransportStream {
  readonly kind = 'streaming';
  readonly ended: Promise<boolean>;
  private tellEnd!: (isTimeout: boolean) => void;
  private readonly chunks: Uint8Array[] = [];
  private bufferedBytes = 0;
  private waiting: (() => void) | undefined;
  private silence: NodeJS.Timeout | undefined;
  private end: { readonly fault: TransportFault | undefined } | undefined;
  private readonly stopListening: () => void;

  constructor(
    private readonly controller: Dispatcher.DispatchController,
    private readonly silenceMs: number,
    signal: AbortSignal | undefined,
  ) {
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
    const cancel = () => {
      this.fail('cancelled', 'cancelled');
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.stopListening = () => signal?.removeEventListener('abort', cancel);
    if (signal?.aborted) cancel();
  }

  push(chunk: Buffer): void {
    if (this.end) return;
    this.chunks.push(chunk);
    this.bufferedBytes += chunk.length;
    if (this.bufferedBytes > highWaterBytes) this.controller.pause();
    this.wake();
  }

  async read(): Promise<Uint8Array | TransportFault | undefined> {
    if (this.chunks.length === 0 && !this.end) await this.wait();
    const chunk = this.chunks.shift();
    if (chunk === undefined) return this.takeFault();
    this.bufferedBytes -= chunk.length;
    if (this.bufferedBytes <= highWaterBytes && this.controller.paused && !this.end) this.controller.resume();
    return chunk;
  }

  breakOff(error: Error): void {
    const { fault, detail, code } = classifyFault(error);
    this.finish({ kind: 'failed', fault, detail, wasSent: true, ...(code === undefined ? {} : { code }) });
  }

  finish(fault: TransportFault | undefined): void {
    if (this.end) return;
    this.end = { fault };
    this.stopListening();
    this.tellEnd(fault?.fault === 'timeout');
    this.wake();
  }

  /** Silence counts only while the reader waits: one that is slow is no fault of the runtime. */
  private wait(): Promise<void> {
    this.silence = setTimeout(() => {
      this.fail('timeout', 'nothing came, not even a heartbeat');
    }, this.silenceMs);
    return new Promise((resolve) => (this.waiting = resolve));
  }

  private wake(): void {
    clearTimeout(this.silence);
    this.waiting?.();
    this.waiting = undefined;
  }

  private fail(fault: TransportFault['fault'], detail: string): void {
    if (this.end) return;
    this.finish({ kind: 'failed', fault, detail, wasSent: true });
    this.controller.abort(new Error(detail));
  }

  private takeFault(): TransportFault | undefined {
    const fault = this.end?.fault;
    this.end = { fault: undefined };
    return fault;
  }
}
