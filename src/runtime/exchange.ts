import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';
import { patience } from '../core/ports';
import { classifyFault } from './classifyFault';
import { decompressBody } from './decompressBody';
import { GatheredBytes } from './gatheredBytes';
import type { TransportAnswer, TransportFault, TransportFaultName, TransportOptions } from './transportTypes';

type Limits = Pick<TransportOptions, 'timeoutMs' | 'maxAnswerBytes'>;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/**
 * One request and its answer. undici's own `request()` does not tell whether the request had left when it failed, and
 * that is what decides whether a write may have happened. The timers are here for the same reason, and because
 * undici's own go by a clock of half a second.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly result: Promise<TransportAnswer | TransportFault>;
  private readonly gathered = new GatheredBytes();
  private readonly stopListening: () => void;
  private settle!: (result: TransportAnswer | TransportFault) => void;
  private controller: Dispatcher.DispatchController | undefined;
  private deadline: NodeJS.Timeout;
  private silence: NodeJS.Timeout | undefined;
  private status = 0;
  private headers: Record<string, string> = {};
  private wasSent = false;
  private isOver = false;

  constructor(
    private readonly limits: Limits,
    signal: AbortSignal | undefined,
  ) {
    this.result = new Promise((resolve) => (this.settle = resolve));
    // undici limits a single attempt to connect, not the attempts that follow it nor the wait in the queue
    this.deadline = this.limit(patience.connection, 'no connection in time');
    const cancel = () => {
      this.fail('cancelled', 'cancelled');
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.stopListening = () => signal?.removeEventListener('abort', cancel);
    if (signal?.aborted) cancel();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.isOver) {
      controller.abort(new Error('given up before it was sent'));
      return;
    }
    this.wasSent = true;
    clearTimeout(this.deadline);
    // the silences are limited each, and so is the whole: an answer may drip
    this.deadline = this.limit(patience.answer, 'the answer took too long');
    this.silence = this.limit(patience.silence, 'connected, but no answer in time');
  }

  /** A piece of the request's body has gone out: the wait for the answer begins anew. */
  noteProgress(): void {
    if (this.isOver || this.status !== 0) return;
    this.deadline.refresh();
    this.silence?.refresh();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (this.isOver) return;
    clearTimeout(this.silence);
    this.silence = this.limit(patience.silence, 'the answer stopped half-way');
    this.status = status;
    this.headers = firstOfEach(headers);
    if (Number(this.headers['content-length'] ?? 0) > this.limits.maxAnswerBytes) this.failTooLarge();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isOver) return;
    this.silence?.refresh();
    if (this.gathered.size + chunk.length > this.limits.maxAnswerBytes) this.failTooLarge();
    else this.gathered.add(chunk);
  }

  onResponseEnd(): void {
    if (this.isOver) return;
    this.end();
    void this.readBody().then(this.settle);
  }

  onResponseError(_controller: unknown, error: Error): void {
    const { fault, detail, code, isBeforeRequest } = classifyFault(error);
    if (isBeforeRequest) this.wasSent = false;
    this.fail(fault, detail, code);
  }

  /** Ends it, because what comes is not what was asked for. */
  refuse(detail: string): void {
    this.fail('not-http', detail);
  }

  /** Stops watching, and leaves the answer to somebody else. */
  leave(): void {
    if (!this.isOver) this.end();
  }

  private async readBody(): Promise<TransportAnswer | TransportFault> {
    const encoding = this.headers['content-encoding'];
    const body = await decompressBody(this.gathered.all(), encoding, this.limits.maxAnswerBytes);
    switch (body.kind) {
      case 'bytes':
        return { kind: 'answered', status: this.status, headers: this.headers, ...textOf(body.bytes) };
      case 'too-large':
        return { kind: 'failed', fault: 'too-large', detail: this.tooLarge(), wasSent: true };
      case 'unreadable':
        return { kind: 'failed', fault: 'not-http', detail: body.detail, wasSent: true };
    }
  }

  private failTooLarge(): void {
    this.fail('too-large', this.tooLarge());
  }

  private tooLarge(): string {
    return `the answer is larger than ${this.limits.maxAnswerBytes / 1024 / 1024} MiB`;
  }

  private fail(fault: TransportFaultName, detail: string, code?: string): void {
    if (this.isOver) return;
    this.end();
    this.settle({ kind: 'failed', fault, detail, wasSent: this.wasSent, ...(code === undefined ? {} : { code }) });
    this.controller?.abort(new Error(detail));
  }

  private limit(timeouts: number, detail: string): NodeJS.Timeout {
    return setTimeout(() => {
      this.fail('timeout', detail);
    }, timeouts * this.limits.timeoutMs);
  }

  private end(): void {
    this.isOver = true;
    clearTimeout(this.deadline);
    clearTimeout(this.silence);
    this.stopListening();
  }
}

function firstOfEach(headers: Headers): Record<string, string> {
  const pairs = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** UTF-8 as JSON demands; a byte order mark is dropped. */
function textOf(bytes: Buffer): { body: string; isGarbled?: boolean } {
  const text = bytes.toString('utf8'); // several times as fast as TextDecoder
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return isUtf8(bytes) ? { body } : { body, isGarbled: true };
}
