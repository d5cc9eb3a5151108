import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { flowListSchemaFor, readCanonicalFlows } from '../../src/runtime/flowListSchema';
import { timeMs } from '../../src/runtime/timeSchema';

describe('the short way to read a list of flows', () => {
  const item = fc.record(
    {
      id: fc.oneof(fc.string(), fc.constantFrom('a.yaml', 'b.camel.yml', null, 7)),
      flowId: fc.option(fc.string()),
      lastModified: fc.oneof(
        fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date('2199-12-31') })
          .map((date) => date.toISOString()),
        fc.integer(),
        fc.constantFrom(null, 'soon', true, '2026-02-31T00:00:00.000Z', '2026-11-23'),
      ),
      hash: fc.oneof(fc.string(), fc.constantFrom('', null, 7)),
      routeCount: fc.oneof(fc.nat(), fc.constantFrom(null, -1, 0.5, '1')),
      more: fc.anything(),
    },
    { requiredKeys: [] },
  );

  it('reads what the schema would, or leaves it to the schema', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 3 }), (answer) => {
        const short = readCanonicalFlows(answer);
        if (short !== undefined) assert.deepEqual(short, flowListSchemaFor(answer).parse(answer));
      }),
    );
  });

  it('is taken for the canonical shape', () => {
    const flow = { id: 'orders', lastModified: '2026-11-23T10:00:00.000Z', hash: 'ab', routeCount: 1 };
    assert.deepEqual(readCanonicalFlows([flow, flow])?.length, 2);
  });
});

describe('a time', () => {
  it('is what Date makes of it, to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }),
        (date) => {
          assert.equal(timeMs(date.toISOString()), date.getTime());
        },
      ),
    );
  });

  it('is none, or what Date makes of it, wherever a canonical one has a wrong character', () => {
    const canonical = '2026-11-23T10:20:30.456Z';
    assert.equal(timeMs(canonical), Date.parse(canonical));
    for (let place = 0; place < canonical.length; place++) {
      for (const wrong of '/:;-.,T t+9x') {
        const text = canonical.slice(0, place) + wrong + canonical.slice(place + 1);
        const expected = Date.parse(text.replace(',', '.'));
        const found = timeMs(text);
        assert.ok(found === undefined || found === expected, `${text}: ${String(found)}, not ${expected}`);
      }
    }
  });

  for (const text of [
    '2026/11/23T10:20:30.456Z',
    '2026-11-23T1/:20:30.456Z',
    '2026-11-23T10-20:30.456Z',
    '2026-13-01T00:00:00.000Z',
    '2026-11-23T24:30:00.000Z',
    '2026-11-23T10:60:00.000Z',
    '2026-99-99T10:00:00.000Z',
  ]) {
    it(`is none where there is no such: ${text}`, () => {
      assert.equal(timeMs(text), undefined);
    });
  }
});
