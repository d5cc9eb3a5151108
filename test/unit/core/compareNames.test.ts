import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareNames } from '../../../src/core/compareNames';

describe('compareNames', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['numbers by their value', ['2', '10', '199', '1000']],
    ['numbers inside names', ['Route 2', 'Route 20', 'Route 199']],
    ['letters whatever their case', ['apple', 'Banana', 'cherry', 'Date']],
    ['letters with marks beside those without', ['Öl', 'zebra', 'Zug']],
    ['numbers that are written differently by their text', ['02', '2', '2a']],
  ];
  for (const [name, sorted] of cases) {
    it(`sorts ${name}`, () => {
      assert.deepEqual(sorted.toReversed().sort(compareNames), sorted);
    });
  }

  it('finds only equal names equal, and the order does not depend on where they stood', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (names) => {
        assert.deepEqual(names.toReversed().sort(compareNames), names.toSorted(compareNames));
        assert.ok(
          names.every((name) => names.every((other) => (compareNames(name, other) === 0) === (name === other))),
        );
      }),
    );
  });
});
