import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FollowOptions } from '../../src/runtime/followEvents';
import type { RuntimeError } from '../../src/core/ports';
import { catchRuntimeError } from '../support/catchRuntimeError';
import {
  answer,
  redirectTo,
  resetAtOnce,
  startMisbehavingRuntime,
  type Misbehaviour,
} from '../support/misbehavingRuntime';
import { Cleanup, openClient, testToken } from '../support/openClient';

const cleanup = new Cleanup();
const quick: FollowOptions = { firstPauseMs: 2, longestPauseMs: 10, silenceMs: 1000 };

async function open(...misbehaviours: Misbehaviour[]) {
  const runtime = cleanup.add(await startMisbehavingRuntime(...misbehaviours));
  return { runtime, client: cleanup.add(openClient(runtime.url)) };
}

function stream(text: string, then: 'end' | 'keep' | 'reset' = 'end'): Misbehaviour {
  return (request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(text, () => {
      if (then === 'reset') request.socket.resetAndDestroy();
    });
    if (then === 'end') response.end();
  };
}

const noMore = answer(204);

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const event of events) found.push(event);
  return found;
}

describe('a stream of events', () => {
  afterEach(() => cleanup.run());

  it('is read with the token, and ends where the runtime says that there is no more', async () => {
    const line = '{"timestamp":"2026-11-23T10:00:00Z","level":"INFO","routeId":"orders","message":"started","x":1}';
    const { runtime, client } = await open(stream(`id: 4\ndata: ${line}\n\ndata: plain text\n\n`), noMore);
    assert.deepEqual(await all(client.logs(quick)), [
      { id: '4', at: Date.UTC(2026, 10, 23, 10), level: 'INFO', routeId: 'orders', message: 'started' },
      { id: '4', message: 'plain text' },
    ]);
    const [first] = runtime.calls;
    assert.deepEqual([first?.path, first?.headers.accept], ['/_api/logs/stream', 'text/event-stream']);
    assert.equal(first?.headers.authorization, `Bearer ${testToken}`);
    assert.equal(first.headers['last-event-id'], undefined);
  });

  it('of traces keeps every field', async () => {
    const step = { routeId: 'orders', exchangeId: 'E-1', nodeId: 'to1', body: 'x', time: 1_790_000_000 };
    const { client } = await open(stream(`data: ${JSON.stringify(step)}\n\ndata: [1]\n\n`), noMore);
    const [event, other] = await all(client.traces(quick));
    assert.deepEqual(event, {
      id: '',
      at: 1_790_000_000_000,
      routeId: 'orders',
      exchangeId: 'E-1',
      nodeId: 'to1',
      fields: step,
    });
    assert.deepEqual(other?.fields, { text: '[1]' });
  });

  it('goes on after the last whole event, over every interruption that passes', async () => {
    const { runtime, client } = await open(
      stream('id: 1\ndata: a\n\n'),
      resetAtOnce,
      answer(502, 'Bad Gateway'),
      stream('id: 2\ndata: b\n\nid: 3\ndata: half', 'reset'),
      stream('data: c\n\n', 'keep'),
      noMore,
    );
    const states: boolean[] = [];
    const options = { ...quick, silenceMs: 400, onConnection: (isConnected: boolean) => void states.push(isConnected) };
    const events = await all(client.logs(options));
    assert.deepEqual(
      events.map(({ message }) => message),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(
      runtime.calls.map(({ headers }) => headers['last-event-id']),
      [undefined, '1', '1', '1', '2', '2'],
    );
    assert.deepEqual(states, [true, false, false, false, true, false, true, false]);
  });

  it('is kept by heartbeats, and taken for dead without', async () => {
    const timers: NodeJS.Timeout[] = [];
    const beating: Misbehaviour = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let beats = 0;
      timers.push(
        setInterval(() => {
          if (++beats < 8) response.write(': heartbeat\n\n');
          else if (beats === 8) response.write('data: still here\n\n');
        }, 100),
      );
    };
    const { runtime, client } = await open(beating, noMore);
    const reasons: (string | undefined)[] = [];
    const onConnection = (isConnected: boolean, reason?: RuntimeError) => {
      if (!isConnected) reasons.push(reason?.kind);
    };
    const events = await all(client.logs({ ...quick, silenceMs: 500, onConnection }));
    timers.forEach(clearInterval);
    assert.deepEqual([events.length, reasons, runtime.calls.length], [1, ['timeout'], 2]);
  });

  it('waits as long as it is asked to before it is opened again', async () => {
    const { client } = await open(stream('retry: 80\ndata: a\n\n'), noMore);
    const start = performance.now();
    await all(client.logs({ ...quick, longestPauseMs: 1000 }));
    assert.ok(performance.now() - start >= 40, 'half of it at least: the rest is chance');
  });

  for (const [what, misbehaviour, kind] of [
    ['refuses the token', answer(401, { error: 'unauthorized' }), 'unauthorized'],
    ['has no such stream', answer(404, 'no'), 'rejected'],
    ['answers something else', answer(200, '<html>'), 'unexpected-answer'],
    ['points to another origin', redirectTo('https://elsewhere.example.com/'), 'redirect'],
    ['sends an event without end', stream(`data: ${'x'.repeat(2 * 1024 * 1024)}`, 'keep'), 'unexpected-answer'],
  ] as const) {
    it(`ends with an error, and is not asked again, where the runtime ${what}`, async () => {
      const { runtime, client } = await open(misbehaviour);
      assert.equal((await catchRuntimeError(all(client.logs(quick)))).kind, kind);
      assert.equal(runtime.calls.length, 1);
      assert.ok(runtime.calls[0]?.headers.authorization);
    });
  }

  it('leaves no socket to a runtime whose event has no end', async () => {
    const { runtime, client } = await open(stream(`data: ${'x'.repeat(2 * 1024 * 1024)}`, 'keep'));
    assert.equal(
      (await catchRuntimeError(all(client.logs({ ...quick, silenceMs: 60_000 })))).kind,
      'unexpected-answer',
    );
    while ((await runtime.openSockets()) > 0) await delay(2);
  });

  it('asks for events as they are, and reads those that are called so', async () => {
    const encoded: Misbehaviour = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'identity' });
      response.end('data: a\n\n');
    };
    const { runtime, client } = await open(encoded, noMore);
    assert.equal((await all(client.logs(quick))).length, 1);
    assert.equal(runtime.calls[0]?.headers['accept-encoding'], 'identity');
  });

  it('ends at once, and is not asked again, where the events are compressed all the same', async () => {
    const zipped: Misbehaviour = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      response.write('\x1f\x8b');
    };
    const { runtime, client } = await open(zipped);
    const error = await catchRuntimeError(all(client.logs(quick)));
    assert.equal(error.kind, 'unexpected-answer');
    assert.match(error.detail ?? '', /encoded as "gzip"/);
    assert.equal(runtime.calls.length, 1);
    while ((await runtime.openSockets()) > 0) await delay(2);
  });

  for (const how of ['its signal', 'leaving the loop', 'closing the client'] as const) {
    it(`ends its socket by ${how}`, async () => {
      const { runtime, client } = await open(stream('data: a\n\n', 'keep'));
      const own = new AbortController();
      for await (const event of client.logs(quick, own.signal)) {
        assert.equal(event.message, 'a');
        if (how === 'leaving the loop') break;
        if (how === 'its signal') own.abort();
        else void client.close();
      }
      while ((await runtime.openSockets()) > 0) await delay(2);
      assert.equal(runtime.calls.length, 1);
    });
  }

  it('ends its socket by `return` while the next event is waited for, and that wait too', async () => {
    const { runtime, client } = await open(stream(': nothing yet\n\n', 'keep'));
    let tellOpen!: () => void;
    const isOpen = new Promise<void>((resolve) => (tellOpen = resolve));
    const events = client.logs({ ...quick, silenceMs: 60_000, onConnection: tellOpen });
    const next = events.next();
    await isOpen;
    await events.return();
    assert.deepEqual(await next, { done: true, value: undefined });
    while ((await runtime.openSockets()) > 0) await delay(2);
    assert.equal(runtime.calls.length, 1);
  });

  it('tells the pause that a refusal asks for', async () => {
    const { client } = await open(answer(429, 'slowly', { 'retry-after': '3600' }));
    const own = new AbortController();
    const reasons: (number | undefined)[] = [];
    const onConnection = (_isConnected: boolean, reason?: RuntimeError) => {
      reasons.push(reason?.retryAfterMs);
      own.abort();
    };
    assert.deepEqual(await all(client.logs({ ...quick, onConnection }, own.signal)), []);
    assert.deepEqual(reasons, [3_600_000]);
  });

  for (const how of ['its signal', 'closing the client'] as const) {
    it(`between two connections ends at once by ${how}`, async () => {
      const { runtime, client } = await open(stream('data: a\n\n'));
      const own = new AbortController();
      const onConnection = (isConnected: boolean) => {
        if (isConnected) return;
        if (how === 'its signal') own.abort();
        else void client.close();
      };
      const options = { firstPauseMs: 60_000, longestPauseMs: 60_000, onConnection };
      assert.equal((await all(client.logs(options, own.signal))).length, 1);
      assert.equal(runtime.calls.length, 1);
    });
  }

  it('holds up the runtime while its reader is busy, and loses nothing', async () => {
    const total = 640;
    // beside what the client holds, the system keeps some megabytes for either side of a connection
    const most = 320;
    const event = `data: ${'x'.repeat(64 * 1024)}\n\n`;
    let written = 0;
    const pouring: Misbehaviour = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const pour = () => {
        while (written < total) {
          written++;
          if (response.write(event)) continue;
          response.once('drain', pour);
          return;
        }
      };
      pour();
    };
    const { client } = await open(pouring);
    const events = client.logs({ ...quick, silenceMs: 60_000 });
    await events.next();
    for (let [before, calm] = [-1, 0]; calm < 10; before = written) {
      await delay(20);
      calm = before === written ? calm + 1 : 0;
    }
    assert.ok(written < most, `${written} of ${total} events of 64 KiB were taken while nobody read`);
    for (let count = 1; count < total; count++) assert.equal((await events.next()).done, false);
    await events.return();
  });
});
