import assert from 'node:assert/strict';
import type { Dispatcher } from 'undici';
import { Exchange } from '../../src/runtime/exchange';
import { GatheredBytes } from '../../src/runtime/gatheredBytes';
import { outgoingBody } from '../../src/runtime/outgoingBody';

const limits = { timeoutMs: 100, maxAnswerBytes: 1024 * 1024 };

/** Timers that go by a clock of their own. */
class Clock {
  private now = 0;
  private readonly timers = new Set<{ at: number; refresh(): void; readonly run: () => void }>();
  private readonly real = { setTimeout, clearTimeout };

  constructor() {
    const set = (run: () => void, ms = 0) => {
      const timer = { at: this.now + ms, run, refresh: () => void (timer.at = this.now + ms) };
      this.timers.add(timer);
      return timer;
    };
    const clear = (timer: never) => void this.timers.delete(timer);
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  }

  pass(ms: number): void {
    this.now += ms;
    for (const timer of this.timers) {
      if (timer.at > this.now) continue;
      this.timers.delete(timer);
      timer.run();
    }
  }

  restore(): void {
    Object.assign(globalThis, this.real);
  }
}

describe('one request and its answer', () => {
  const controller = { abort: () => undefined } as unknown as Dispatcher.DispatchController;

  function begin(): Exchange {
    const exchange = new Exchange(limits, undefined);
    exchange.onRequestStart(controller);
    return exchange;
  }

  it('keeps none of the pieces in which an answer comes', async () => {
    const exchange = begin();
    exchange.onResponseStart(controller, 200, {});
    const piece = Buffer.alloc(1); // the same again and again: who keeps it has its last content only
    const sent = 'a'.repeat(50_000) + 'z'.repeat(50_000);
    for (const character of sent) {
      piece.write(character);
      exchange.onResponseData(controller, piece);
    }
    exchange.onResponseEnd();
    const result = await exchange.result;
    assert.ok(result.kind === 'answered' && result.body === sent);
  });

  it('is refused at the first byte too many, however small the pieces', async () => {
    const exchange = begin();
    exchange.onResponseStart(controller, 200, {});
    const piece = Buffer.alloc(1024);
    for (let count = 0; count < 1024; count++) exchange.onResponseData(controller, piece);
    exchange.onResponseData(controller, piece.subarray(0, 1));
    const result = await exchange.result;
    assert.deepEqual([result.kind, result.kind === 'failed' && result.fault], ['failed', 'too-large']);
  });

  for (const [code, wasSent] of [
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', false],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', false],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', false],
    ['PIPEBASE_TLS_REFUSED', true],
    ['ECONNRESET', true],
  ] as const) {
    it(`that ends with ${code} after it was begun ${wasSent ? 'may have arrived' : 'has not arrived'}`, async () => {
      const exchange = begin();
      exchange.onResponseError(controller, Object.assign(new Error(''), { code }));
      const result = await exchange.result;
      assert.ok(result.kind === 'failed');
      assert.equal(result.wasSent, wasSent);
    });
  }

  describe('whose body takes its time', () => {
    let clock: Clock;
    beforeEach(() => (clock = new Clock()));
    afterEach(() => {
      clock.restore();
    });

    it('waits for the answer from when the last piece has gone', async () => {
      const exchange = begin();
      for (let piece = 0; piece < 20; piece++) {
        clock.pass(90);
        exchange.noteProgress();
      }
      clock.pass(90);
      exchange.onResponseStart(controller, 204, {});
      exchange.onResponseEnd();
      assert.equal((await exchange.result).kind, 'answered');
    });

    it('is given up where no piece goes any more', async () => {
      const exchange = begin();
      clock.pass(90);
      exchange.noteProgress();
      clock.pass(101);
      const result = await exchange.result;
      assert.ok(result.kind === 'failed' && result.fault === 'timeout' && result.wasSent);
    });
  });
});

describe('bytes that come in pieces', () => {
  it('are moved some times, and not once for each piece', () => {
    const gathered = new GatheredBytes();
    const blocks = new Set<ArrayBufferLike>();
    for (let count = 0; count < 100_000; count++) {
      gathered.add(Buffer.from([count]));
      blocks.add(gathered.all().buffer);
    }
    assert.equal(gathered.size, 100_000);
    assert.ok(blocks.size < 20, `${blocks.size} blocks`);
  });
});

describe('a body that is sent', () => {
  it('tells each time that the connection has taken a piece, and leaves whole where it is small', () => {
    const bytes = Buffer.alloc(200_000, 'ab');
    const seen: (number | 'progress')[] = [];
    const pieces: Buffer[] = [];
    const body = outgoingBody(bytes, () => seen.push('progress'));
    assert.ok(!Buffer.isBuffer(body));
    for (const piece of body) {
      pieces.push(piece);
      seen.push(piece.length);
    }
    assert.deepEqual(seen, [65_536, 'progress', 65_536, 'progress', 65_536, 'progress', 3392, 'progress']);
    assert.ok(Buffer.concat(pieces).equals(bytes));
    const small = Buffer.from('{}');
    assert.equal(
      outgoingBody(small, () => undefined),
      small,
    );
  });
});
