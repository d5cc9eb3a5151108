import assert from 'node:assert/strict';
import fc from 'fast-check';
import { flowStatus } from '../../../../src/core/promotion/flowStatus';
import type { CellState, FlowStatus } from '../../../../src/core/promotion/types';

const kinds = {
  inSync: [
    { state: 'in-sync', by: 'hash' },
    { state: 'in-sync', by: 'record' },
  ],
  stale: [
    { state: 'stale', reason: 'yaml' },
    { state: 'stale', reason: 'parameters' },
    { state: 'stale', reason: 'remote' },
    { state: 'stale', reason: 'both' },
  ],
  notDeployed: [{ state: 'not-deployed' }],
  silent: [
    { state: 'unreachable', reason: 'network' },
    { state: 'unreachable', reason: 'no-token' },
    { state: 'unknown', reason: 'write-outcome-unread', unreachable: 'timeout' },
  ],
  unknown: [
    { state: 'unknown', reason: 'no-routes' },
    { state: 'unknown', reason: 'no-hash' },
    { state: 'unknown', reason: 'hash-not-recognised' },
    { state: 'unknown', reason: 'unresolved-parameters' },
    { state: 'unknown', reason: 'not-in-workspace' },
    { state: 'unknown', reason: 'write-outcome' },
  ],
  notRead: [{ state: 'unknown', reason: 'not-read' }],
} satisfies Record<string, readonly CellState[]>;
type Kind = keyof typeof kinds;

/** Every mix of kinds without those that decide alone: something stale, and something that was not read. */
const table: readonly (readonly [mix: readonly Kind[], expected: FlowStatus | undefined])[] = [
  [[], undefined],
  [['inSync'], 'healthy'],
  [['notDeployed'], 'draft'],
  [['silent'], 'failed'],
  [['unknown'], 'partial'],
  [['inSync', 'notDeployed'], 'partial'],
  [['inSync', 'silent'], 'partial'],
  [['inSync', 'unknown'], 'partial'],
  [['notDeployed', 'silent'], 'draft'],
  [['notDeployed', 'unknown'], 'partial'],
  [['silent', 'unknown'], 'partial'],
  [['inSync', 'notDeployed', 'silent'], 'partial'],
  [['inSync', 'notDeployed', 'unknown'], 'partial'],
  [['inSync', 'silent', 'unknown'], 'partial'],
  [['notDeployed', 'silent', 'unknown'], 'partial'],
  [['inSync', 'notDeployed', 'silent', 'unknown'], 'partial'],
];

/** Cells of these kinds and no others, one at least of each, in any order. */
function cellsOf(mix: readonly Kind[]): fc.Arbitrary<readonly CellState[]> {
  const anyOf = (kind: Kind): fc.Arbitrary<CellState> => fc.constantFrom<CellState>(...kinds[kind]);
  const some = mix.map((kind) => fc.array(anyOf(kind), { minLength: 1, maxLength: 3 }));
  return fc.tuple(...some).chain((parts) => {
    const cells = parts.flat();
    return fc.shuffledSubarray(cells, { minLength: cells.length });
  });
}

function assertStatus(mix: readonly Kind[], expected: FlowStatus | undefined): void {
  fc.assert(
    fc.property(cellsOf(mix), (cells) => {
      assert.equal(flowStatus(cells), expected);
    }),
    { numRuns: 50 },
  );
}

describe('flowStatus', () => {
  it('is asked for every mix', () => {
    assert.equal(new Set(table.map(([mix]) => [...mix].sort().join())).size, 2 ** 4);
  });

  for (const [mix, expected] of table) {
    it(`${mix.join(' + ') || 'no environment'}: ${expected ?? 'none'}; stale with any: warning; not all read: none`, () => {
      assertStatus(mix, expected);
      assertStatus([...mix, 'stale'], 'warning');
      assertStatus([...mix, 'notRead'], undefined);
      assertStatus([...mix, 'stale', 'notRead'], 'warning');
    });
  }
});
