import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Flow } from '../../../../src/core/flows/types';
import { gate, type Operation, type Situation } from '../../../../src/core/promotion/gate';
import type { CellState, UnknownReason, UnreachableReason } from '../../../../src/core/promotion/types';
import { unreachableSentences } from '../../../../src/vscode/sentences/cellSentence';
import { aFlow, anEnvironment } from '../../../support/builders';

const cells = {
  inSync: { state: 'in-sync', by: 'hash' },
  byRecord: { state: 'in-sync', by: 'record' },
  staleYaml: { state: 'stale', reason: 'yaml' },
  staleParameters: { state: 'stale', reason: 'parameters' },
  staleRemote: { state: 'stale', reason: 'remote' },
  staleBoth: { state: 'stale', reason: 'both' },
  notDeployed: { state: 'not-deployed' },
  unreachable: { state: 'unreachable', reason: 'network' },
  noToken: { state: 'unreachable', reason: 'no-token' },
  noHash: { state: 'unknown', reason: 'no-hash' },
  noRoutes: { state: 'unknown', reason: 'no-routes' },
  hashNotRecognised: { state: 'unknown', reason: 'hash-not-recognised' },
  unresolvedParameters: { state: 'unknown', reason: 'unresolved-parameters' },
  notInWorkspace: { state: 'unknown', reason: 'not-in-workspace' },
  notRead: { state: 'unknown', reason: 'not-read' },
  writeOutcome: { state: 'unknown', reason: 'write-outcome' },
  writeOutcomeUnread: { state: 'unknown', reason: 'write-outcome-unread', unreachable: 'no-token' },
} satisfies Record<string, CellState>;
type CellName = keyof typeof cells;
const cellNames = Object.keys(cells) as CellName[];

const environments = [
  anEnvironment('dev', { promotesTo: 'test' }),
  anEnvironment('test'),
  anEnvironment('loop', { promotesTo: 'dev', cycle: ['loop', 'dev', 'loop'] }),
  anEnvironment('lost', { promotesTo: 'gone' }),
];

interface Given {
  readonly flow?: Flow | undefined;
  readonly source?: CellName;
  readonly target?: CellName;
  readonly isTrusted?: boolean;
  readonly busy?: string;
}

function situation(given: Given): Situation {
  return {
    isTrusted: given.isTrusted ?? true,
    flowId: 'orders',
    flow: 'flow' in given ? given.flow : aFlow('orders'),
    environment: (id) => environments.find((environment) => environment.id === id),
    cell: (id) => cells[(id === 'test' ? given.target : given.source) ?? 'notDeployed'],
    running: (id) => (given.busy === id ? 'deploy' : undefined),
  };
}

function verdict(operation: Operation, given: Given): string {
  const result = gate(operation, situation(given));
  return result.isAllowed ? `→ ${result.target.id}` : result.reason.kind;
}

const reachable: CellName[] = cellNames.filter(
  (name) => !['unreachable', 'noToken', 'notRead', 'writeOutcomeUnread'].includes(name),
);
const reasonOf: Partial<Record<CellName, string>> = {
  unreachable: 'unreachable',
  noToken: 'unreachable',
  notRead: 'not-read',
  writeOutcomeUnread: 'unreachable',
};

/** Every reason there is: one that is new and not here does not compile. */
const unknownReasons = Object.keys({
  'not-read': true,
  'no-routes': true,
  'no-hash': true,
  'hash-not-recognised': true,
  'unresolved-parameters': true,
  'not-in-workspace': true,
  'write-outcome': true,
  'write-outcome-unread': true,
} satisfies Record<UnknownReason, true>);
const unreachableReasons = Object.keys(unreachableSentences) as UnreachableReason[];

describe('gate', () => {
  it('is tried with every state and every reason', () => {
    const known = Object.values<CellState>(cells);
    const reasonsOf = (state: CellState['state']): unknown[] =>
      known.flatMap((cell) => (cell.state === state && 'reason' in cell ? [cell.reason] : [])).sort();
    assert.deepEqual(reasonsOf('unknown'), unknownReasons.sort());
    assert.deepEqual(reasonsOf('stale'), ['both', 'parameters', 'remote', 'yaml']);
    assert.equal(new Set(known.map(({ state }) => state)).size, 5);
  });

  it('gives the reason as data, with what a sentence needs', () => {
    const reasonOfPromotion = (given: Given): unknown => {
      const result = gate({ kind: 'promote', from: 'dev' }, situation(given));
      return result.isAllowed ? 'allowed' : result.reason;
    };
    assert.deepEqual(reasonOfPromotion({ source: 'staleBoth', target: 'notDeployed' }), {
      kind: 'not-in-sync',
      environment: 'dev',
      cell: cells.staleBoth,
    });
    const isInSync = { source: 'inSync' } as const;
    assert.deepEqual(reasonOfPromotion({ ...isInSync, target: 'byRecord' }), {
      kind: 'target-in-sync',
      environment: 'test',
    });
    assert.deepEqual(reasonOfPromotion({ ...isInSync, target: 'notRead' }), { kind: 'not-read', environment: 'test' });
    assert.deepEqual(reasonOfPromotion({ ...isInSync, target: 'writeOutcomeUnread' }), {
      kind: 'unreachable',
      environment: 'test',
      reason: 'no-token',
    });
    assert.deepEqual(reasonOfPromotion({ ...isInSync, busy: 'test' }), {
      kind: 'busy',
      environment: 'test',
      action: 'deploy',
    });
    const chain = gate({ kind: 'promote', from: 'loop' }, situation(isInSync));
    assert.deepEqual(chain, { isAllowed: false, reason: { kind: 'on-cycle', chain: ['loop', 'dev', 'loop'] } });
  });

  it('sends nothing to what does not answer, whatever the reason, and names it', () => {
    for (const reason of unreachableReasons) {
      for (const kind of ['deploy', 'undeploy'] as const) {
        const given = { ...situation({}), cell: () => ({ state: 'unreachable', reason }) as const };
        assert.deepEqual(gate({ kind, environment: 'test' }, given), {
          isAllowed: false,
          reason: { kind: 'unreachable', environment: 'test', reason },
        });
      }
    }
  });

  describe('deploy', () => {
    for (const target of cellNames) {
      const expected = reachable.includes(target) ? '→ test' : reasonOf[target];
      it(`to a cell that is ${target}: ${String(expected)}`, () => {
        assert.equal(verdict({ kind: 'deploy', environment: 'test' }, { target }), expected);
      });
    }
  });

  describe('promote', () => {
    for (const source of cellNames) {
      for (const target of cellNames) {
        const expected = promotion(source, target);
        it(`from ${source} to ${target}: ${expected}`, () => {
          assert.equal(verdict({ kind: 'promote', from: 'dev' }, { source, target }), expected);
        });
      }
    }

    it('has no target, an unknown one, or one on a cycle', () => {
      assert.equal(verdict({ kind: 'promote', from: 'test' }, { target: 'inSync' }), 'no-target');
      assert.equal(verdict({ kind: 'promote', from: 'lost' }, { source: 'inSync' }), 'no-such-environment');
      assert.equal(verdict({ kind: 'promote', from: 'loop' }, { source: 'inSync' }), 'on-cycle');
    });

    it('waits for what is under way at either end', () => {
      const given = { source: 'inSync', target: 'notDeployed' } as const;
      assert.equal(verdict({ kind: 'promote', from: 'dev' }, { ...given, busy: 'dev' }), 'busy');
      assert.equal(verdict({ kind: 'promote', from: 'dev' }, { ...given, busy: 'test' }), 'busy');
    });
  });

  describe('undeploy', () => {
    for (const target of cellNames) {
      const allowed = target === 'notDeployed' ? 'not-deployed' : '→ test';
      const expected = reachable.includes(target) ? allowed : reasonOf[target];
      it(`from a cell that is ${target}: ${String(expected)}`, () => {
        assert.equal(verdict({ kind: 'undeploy', environment: 'test' }, { target }), expected);
      });
    }

    it('is possible for a flow that the workspace does not have, and for one that cannot be deployed', () => {
      const operation = { kind: 'undeploy', environment: 'test' } as const;
      assert.equal(verdict(operation, { target: 'noHash', flow: undefined }), '→ test');
      assert.equal(
        verdict(operation, { target: 'inSync', flow: aFlow('orders', '', { hasDuplicateId: true }) }),
        '→ test',
      );
    });
  });

  const faulty = { routes: [], placeholders: [], isDeployable: false, faults: [] };
  const flows: readonly [string, Flow | undefined][] = [
    ['no-such-flow', undefined],
    ['illegal-id', aFlow('orders', '', { hasLegalId: false })],
    ['duplicate-id', aFlow('orders', '', { hasDuplicateId: true })],
    ['faulty-flow', aFlow('orders', '', { parsed: faulty })],
  ];
  for (const [reason, flow] of flows) {
    it(`neither deploys nor promotes: ${reason}`, () => {
      const given = { flow, source: 'inSync', target: 'notDeployed' } as const;
      assert.equal(verdict({ kind: 'deploy', environment: 'dev' }, given), reason);
      assert.equal(verdict({ kind: 'promote', from: 'dev' }, given), reason);
    });
  }

  it('deploys no flow under the id of another', () => {
    const given = { flow: aFlow('other'), source: 'inSync', target: 'notDeployed' } as const;
    assert.equal(verdict({ kind: 'deploy', environment: 'test' }, given), 'faulty-flow');
  });

  it('names the fault of a flow, and does not mind a warning', () => {
    const range = { start: { line: 0, column: 0, offset: 0 }, end: { line: 0, column: 0, offset: 0 } };
    const fault = { severity: 'error', code: 'x', message: 'broken', file: 'f', range } as const;
    const warning = { ...fault, severity: 'warning' } as const;
    const verdictOf = (faults: Flow['faults']): unknown => {
      const given = situation({ flow: aFlow('orders', '', { faults }), target: 'notDeployed' });
      const result = gate({ kind: 'deploy', environment: 'test' }, given);
      return result.isAllowed ? 'allowed' : result.reason;
    };
    assert.deepEqual(verdictOf([warning, fault]), { kind: 'faulty-flow', fault });
    assert.equal(verdictOf([warning]), 'allowed');
  });

  it('does not know an environment that the registry does not have', () => {
    for (const operation of [
      { kind: 'deploy', environment: 'gone' },
      { kind: 'promote', from: 'gone' },
      { kind: 'undeploy', environment: 'gone' },
    ] as const) {
      assert.equal(verdict(operation, {}), 'no-such-environment');
    }
  });

  it('lets nothing through in Restricted Mode, whatever the state', () => {
    const cell = fc.constantFrom(...cellNames);
    const operation: fc.Arbitrary<Operation> = fc.oneof(
      fc.record({ kind: fc.constant('deploy' as const), environment: fc.constantFrom('dev', 'test', 'gone') }),
      fc.record({ kind: fc.constant('promote' as const), from: fc.constantFrom('dev', 'test', 'loop', 'lost') }),
      fc.record({ kind: fc.constant('undeploy' as const), environment: fc.constantFrom('dev', 'test', 'gone') }),
    );
    fc.assert(
      fc.property(operation, cell, cell, (asked, source, target) => {
        assert.equal(verdict(asked, { source, target, isTrusted: false }), 'restricted');
      }),
    );
  });
});

/** The rule in other words: in sync there, reachable here, and not in sync here yet. */
function promotion(source: CellName, target: CellName): string {
  if (reasonOf[source] !== undefined) {
    return reasonOf[source];
  }
  if (source !== 'inSync' && source !== 'byRecord') {
    return 'not-in-sync';
  }
  if (reasonOf[target] !== undefined) {
    return reasonOf[target];
  }
  return target === 'inSync' || target === 'byRecord' ? 'target-in-sync' : '→ test';
}
