import assert from 'node:assert/strict';
import { RuntimeError, type RuntimeErrorKind } from '../../src/core/ports';
import { followEvents, type FollowOptions, type OpenEvents } from '../../src/runtime/followEvents';

interface Held {
  readonly pieces: readonly string[];
  readonly forMs: number;
}

type Opening = RuntimeErrorKind | RuntimeError | readonly string[] | Held | 'the end';

describe('following a stream', () => {
  /** Each opening is an error, or the pieces of a stream that then ends; gives the pauses between them. */
  async function pausesOf(openings: readonly Opening[], options: FollowOptions = {}): Promise<number[]> {
    const left = [...openings];
    const pauses: number[] = [];
    let time = 0;
    const open: OpenEvents = () => {
      const next = left.shift();
      if (next === undefined || next === 'the end') return Promise.resolve(undefined);
      if (next instanceof RuntimeError) return Promise.reject(next);
      if (typeof next === 'string') return Promise.reject(new RuntimeError(next));
      const error = (kind: RuntimeErrorKind) => new RuntimeError(kind);
      const { pieces, forMs } = 'pieces' in next ? next : { pieces: next, forMs: 0 };
      return Promise.resolve({ chunks: chunksOf(pieces, () => (time += forMs)), error });
    };
    const wait = (ms: number) => Promise.resolve(pauses.push(ms));
    const events = followEvents(open, options, new AbortController().signal, wait, () => time);
    while (!(await events.next()).done) continue;
    assert.deepEqual(left, []);
    return pauses;
  }

  function assertSteps(pauses: readonly number[], steps: readonly number[]): void {
    assert.equal(pauses.length, steps.length);
    steps.forEach((step, index) => {
      const pause = pauses[index] ?? NaN;
      assert.ok(pause >= step / 2 && pause <= step, `pause ${index}: ${pause} of ${step}`);
    });
  }

  it('waits twice as long each time that it is not open, and no longer than the longest pause', async () => {
    const down = Array.from({ length: 7 }, () => 'network' as const);
    assertSteps(await pausesOf(down), [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    assertSteps(await pausesOf(down.slice(4), { firstPauseMs: 10, longestPauseMs: 15 }), [10, 15, 15]);
  });

  it('begins anew once a connection has held, and not where one ends as soon as it is open', async () => {
    const event = ['data: a\n\n'];
    assertSteps(await pausesOf(['timeout', event, event, event]), [1000, 2000, 4000, 8000]);
    const held = { pieces: event, forMs: 30_001 };
    assertSteps(await pausesOf(['timeout', 'timeout', held, 'network']), [1000, 2000, 1000, 2000]);
    assertSteps(await pausesOf(['timeout', { pieces: [], forMs: 30_000 }]), [1000, 2000]);
  });

  it('waits as long as the stream asks to, and that twice as long each time', async () => {
    assertSteps(await pausesOf([['retry: 3000\n'], 'network', 'network']), [3000, 6000, 12_000]);
  });

  it('waits no shorter for a stream that asks to, and then ends, than for any other', async () => {
    assertSteps(await pausesOf([['retry: 0\ndata: a\n\n'], ['retry: 0\n'], 'network']), [1000, 2000, 4000]);
  });

  it('waits for as long as a refusal asks, up to an hour, and no shorter than it would', async () => {
    const refusal = (retryAfterMs: number) => new RuntimeError('rate-limited', { retryAfterMs });
    const [first, second, third = NaN] = await pausesOf([refusal(60_000), refusal(1e12), refusal(0)]);
    assert.deepEqual([first, second], [60_000, 3_600_000]);
    assert.ok(third >= 2000);
  });

  for (const kind of ['unauthorized', 'rejected', 'redirect', 'tls', 'proxy', 'unexpected-answer'] as const) {
    it(`ends with ${kind}: that does not pass by itself`, async () => {
      await assert.rejects(pausesOf(['network', kind]), { kind });
    });
  }

  it('ends where there is no more to come, and where it was cancelled', async () => {
    assert.deepEqual(await pausesOf(['the end']), []);
    assert.deepEqual(await pausesOf(['cancelled']), []);
  });

  it('goes on after the last id that came whole, with an event or without', async () => {
    const streams = [['id: 1\ndata: a\n\nid: 2\ndata: b\n\n'], ['id: 3\n\nid: 4\n'], ['data: c\n\n'], []];
    const asked: string[] = [];
    const open: OpenEvents = (lastEventId) => {
      asked.push(lastEventId);
      const chunks = streams.shift();
      return Promise.resolve(chunks && { chunks: chunksOf(chunks), error: (kind) => new RuntimeError(kind) });
    };
    const events: string[] = [];
    const signal = new AbortController().signal;
    for await (const { data } of followEvents(open, {}, signal, () => Promise.resolve())) events.push(data);
    assert.deepEqual(
      [asked, events],
      [
        ['', '2', '3', '3', '3'],
        ['a', 'b', 'c'],
      ],
    );
  });

  it('has pauses of different lengths, so that many do not come back at once', async () => {
    const down = Array.from({ length: 20 }, () => 'network' as const);
    const pauses = await pausesOf(down, { firstPauseMs: 1000, longestPauseMs: 1000 });
    assert.ok(new Set(pauses).size > 10);
  });
});

async function* chunksOf(
  pieces: readonly string[],
  atEnd: () => void = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
  atEnd();
}
