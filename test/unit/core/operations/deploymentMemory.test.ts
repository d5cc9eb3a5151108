import assert from 'node:assert/strict';
import { DeploymentMemory, uncertainWrites, type CellMemory } from '../../../../src/core/operations/deploymentMemory';
import type { EndedRecord, OperationRecord, Outcome } from '../../../../src/core/operations/records';

const place = { folder: 'f', flow: 'orders', environment: 'dev', origin: 'http://localhost' };

function begin(id: string, givenUpAt?: number): OperationRecord {
  return { phase: 'started', id, at: 0, action: 'deploy', ...place, ...(givenUpAt === undefined ? {} : { givenUpAt }) };
}

function end(id: string, outcome: Outcome, action: EndedRecord['action'] = 'deploy'): OperationRecord {
  return { phase: 'ended', id, at: 0, action, ...place, outcome, durationMs: 1 };
}

function fold(...records: readonly OperationRecord[]): CellMemory {
  const memory = new DeploymentMemory();
  for (const record of records) memory.add(record);
  return memory.cell(place.folder, place.environment, place.origin, place.flow);
}

describe('DeploymentMemory', () => {
  const cases: readonly (readonly [string, readonly OperationRecord[], string | undefined, readonly string[]])[] = [
    ['a deploy that was confirmed', [begin('1'), end('1', 'succeeded')], '1', []],
    ['one that began', [begin('1')], undefined, ['1']],
    ['one whose outcome is not known', [begin('1'), end('1', 'unknown')], undefined, ['1']],
    ['one that failed', [begin('1'), end('1', 'failed')], undefined, []],
    ['one that was cancelled', [begin('1'), end('1', 'cancelled')], undefined, []],
    ['a later failure, which settles nothing', [begin('1'), begin('2'), end('2', 'failed')], undefined, ['1']],
    ['a later cancellation', [begin('1'), end('1', 'unknown'), begin('2'), end('2', 'cancelled')], undefined, ['1']],
    ['a later success, which settles all before it', [begin('1'), begin('2'), end('2', 'succeeded')], '2', []],
    ['a later success while it is on its way yet', [begin('1', 1), begin('2'), end('2', 'succeeded')], '2', ['1']],
    ['a later success once it is given up', [begin('1', 0), begin('2'), end('2', 'succeeded')], '2', []],
    [
      'two later ones, of which the second settles nothing either',
      [begin('1', 1), begin('2'), end('2', 'succeeded'), begin('3'), end('3', 'succeeded')],
      '3',
      ['1'],
    ],
    [
      'a later success after one that ended without being known',
      [begin('1', 1), end('1', 'unknown'), begin('2'), end('2', 'succeeded')],
      '2',
      [],
    ],
    [
      'one that failed after a later success',
      [begin('1', 1), begin('2'), end('2', 'succeeded'), end('1', 'failed')],
      '2',
      [],
    ],
    ['one begun while another was confirmed', [begin('1'), begin('2'), end('1', 'succeeded')], '1', ['2']],
    [
      'one confirmed while another was under way that ends later',
      [begin('1'), begin('2'), end('1', 'succeeded'), end('2', 'succeeded')],
      '2',
      ['1'],
    ],
    [
      'one confirmed while another was under way that had begun earlier',
      [begin('1'), begin('2'), end('2', 'succeeded'), end('1', 'succeeded')],
      '1',
      ['2'],
    ],
    [
      'three at the same time',
      [begin('1'), begin('2'), begin('3'), end('2', 'succeeded'), end('1', 'succeeded'), end('3', 'succeeded')],
      '3',
      ['2', '1'],
    ],
    [
      'the first one after those that came at the same time, which settles it',
      [begin('1'), begin('2'), end('2', 'succeeded'), end('1', 'succeeded'), begin('3'), end('3', 'succeeded')],
      '3',
      [],
    ],
    [
      'one that another window gave up meanwhile',
      [begin('1'), begin('2'), end('1', 'succeeded'), end('2', 'failed')],
      '1',
      [],
    ],
    ['a confirmed one whose beginning is damaged', [begin('1'), end('2', 'succeeded')], '2', []],
    [
      'an undeploy',
      [begin('1'), end('1', 'succeeded'), begin('2'), begin('3'), end('2', 'succeeded', 'undeploy')],
      undefined,
      ['3'],
    ],
  ];
  for (const [name, records, last, pending] of cases) {
    it(`knows ${name}`, () => {
      const known = fold(...records);
      assert.equal(known.last?.id, last);
      assert.deepEqual(
        uncertainWrites(known).map(({ id }) => id),
        pending,
      );
    });
  }
});
