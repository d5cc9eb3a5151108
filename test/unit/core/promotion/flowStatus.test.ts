import assert from 'node:assert/strict';
import fc from 'fast-check';
import { flowStatus } from '../../../../src/core/promotion/flowStatus';
import type { CellState, FlowStatus } from '../../../../src/core/promotion/types';

const inSync: CellState = { state: 'in-sync', by: 'hash' };
const stale: CellState = { state: 'stale', reason: 'yaml' };
const notDeployed: CellState = { state: 'not-deployed' };
const unreachable: CellState = { state: 'unreachable', reason: 'network' };
const unknown: CellState = { state: 'unknown', reason: 'no-hash' };
const notRead: CellState = { state: 'unknown', reason: 'not-read' };

describe('flowStatus', () => {
  const table: readonly [readonly CellState[], FlowStatus | undefined][] = [
    [[], undefined],
    [[notRead, notRead], undefined],
    [[unknown, unknown], 'partial'],
    [[inSync, inSync], 'healthy'],
    [[inSync, notDeployed], 'partial'],
    [[inSync, unreachable], 'partial'],
    [[inSync, unknown], 'partial'],
    [[unknown, notDeployed], 'partial'],
    [[inSync, stale], 'warning'],
    [[stale, unreachable], 'warning'],
    [[unreachable, unreachable], 'failed'],
    [[notDeployed, notDeployed], 'draft'],
    [[notDeployed, unreachable], 'draft'],
    [[unreachable, notRead], 'partial'],
  ];
  for (const [cells, expected] of table) {
    it(`${cells.map(({ state }) => state).join(' + ') || 'no environment'}: ${expected ?? 'not known'}`, () => {
      assert.equal(flowStatus(cells), expected);
    });
  }

  it('is healthy exactly where every cell is in sync, in every mix and order', () => {
    const cell = fc.constantFrom(inSync, stale, notDeployed, unreachable, unknown);
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        const status = flowStatus(cells);
        assert.equal(
          status === 'healthy',
          cells.every(({ state }) => state === 'in-sync'),
        );
        assert.equal(flowStatus([...cells].reverse()), status);
      }),
    );
  });
});
