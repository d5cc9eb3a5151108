import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { EventStreamParser } from '../../src/runtime/parseEventStream';

function parseIn(bytes: Buffer, size: number) {
  const parser = new EventStreamParser();
  const events = [];
  for (let at = 0; at < bytes.length; at += size) events.push(...parser.push(bytes.subarray(at, at + size)).events);
  return { events, lastEventId: parser.lastEventId };
}

describe('the event stream format', () => {
  const stream =
    '\uFEFF: heartbeat\r\nid: 1\r\ndata: grüße\r\ndata:  two\r\r' +
    'event: log\nid\ndata\n\ndata: x\nid: 7\n\nid: 8\n\nid: 9\ndata: cut';

  it('is read as the HTML standard has it, however it is cut into pieces', () => {
    const expected = [
      { type: 'message', data: 'grüße\n two', id: '1' },
      { type: 'log', data: '', id: '' },
      { type: 'message', data: 'x', id: '7' },
    ];
    const bytes = Buffer.from(stream);
    for (let size = 1; size <= bytes.length; size++) {
      const { events, lastEventId } = parseIn(bytes, size);
      assert.deepEqual(events, expected, `in pieces of ${size}`);
      // 8 came with an empty line, 9 did not
      assert.equal(lastEventId, '8');
    }
  });

  it('says how long to wait, where it says so in digits', () => {
    const push = (text: string) => new EventStreamParser().push(Buffer.from(text)).retryMs;
    assert.deepEqual([push('retry: 50\n'), push('retry: 5s\n'), push('data: 1\n')], [50, undefined, undefined]);
  });

  it('passes over an id that no header can carry back, and a word that it does not know', () => {
    const parser = new EventStreamParser('1');
    assert.deepEqual(parser.push(Buffer.from('id: 2\0\nidea: 3\ndata: x\n\n')).events, [
      { type: 'message', data: 'x', id: '1' },
    ]);
  });

  for (const [what, endless] of [
    ['a line', 'x'.repeat(2 * 1024 * 1024)],
    ['an event', 'data: x\n'.repeat(1024 * 1024)],
  ] as const) {
    it(`is not kept without bound where ${what} has no end`, () => {
      assert.throws(() => new EventStreamParser().push(Buffer.from(endless)), /has no end/);
    });
  }

  it('is looked at once, in however many pieces a line comes', () => {
    const split = Object.getOwnPropertyDescriptor(String.prototype, 'split');
    assert.ok(split);
    let looked = 0;
    const counting = function (this: string, ...given: Parameters<string['split']>): string[] {
      looked += this.length;
      return (split.value as string['split']).apply(this, given);
    };
    Object.defineProperty(String.prototype, 'split', { ...split, value: counting });
    const line = `data: ${'x'.repeat(5000)}\n\n`;
    try {
      assert.equal(parseIn(Buffer.from(line), 1).events.length, 1);
    } finally {
      Object.defineProperty(String.prototype, 'split', split);
    }
    assert.ok(looked <= line.length, `${looked} characters for ${line.length}`);
    assert.ok(looked > 0);
  });

  it('never fails on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (bytes, size) => {
        assert.deepEqual(parseIn(Buffer.from(bytes), size), parseIn(Buffer.from(bytes), bytes.length || 1));
      }),
    );
  });
});
