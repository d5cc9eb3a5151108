import assert from 'node:assert/strict';
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
];

interface Given {
  readonly flow?: Flow | undefined;
  readonly source?: CellName;
  readonly target?: CellName;
  readonly busy?: string;
}

function situation(given: Given): Situation {
  return {
    isTrusted: true,
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

const kinds = ['deploy', 'promote', 'undeploy'] as const;
const busyPlaces = ['nowhere', 'source', 'target', 'both'] as const;
const faulty = { routes: [], placeholders: [], isDeployable: false, faults: [] };
const flows = {
  good: aFlow('orders'),
  'no-such-flow': undefined,
  'illegal-id': aFlow('orders', '', { hasLegalId: false, hasDuplicateId: true, parsed: faulty }),
  'duplicate-id': aFlow('orders', '', { hasDuplicateId: true, parsed: faulty }),
  'faulty-flow': aFlow('orders', '', { parsed: faulty }),
} as const;
const flowNames = Object.keys(flows) as (keyof typeof flows)[];
/** What pipebase.yaml says of `dev`, which promotes to `test`. */
const wirings = ['whole', 'no such environment', 'no target', 'on a cycle', 'target gone'] as const;

interface Asked {
  readonly kind: (typeof kinds)[number];
  readonly wiring: (typeof wirings)[number];
  readonly flow: keyof typeof flows;
  readonly busy: (typeof busyPlaces)[number];
  readonly isTrusted: boolean;
  readonly source: CellName;
  readonly target: CellName;
}

function* combinations(): Generator<Asked> {
  for (const kind of kinds)
    for (const wiring of wirings)
      for (const flow of flowNames)
        for (const busy of busyPlaces)
          for (const isTrusted of [true, false])
            for (const source of cellNames)
              for (const target of cellNames) yield { kind, wiring, flow, busy, isTrusted, source, target };
}

function outcome({ kind, wiring, flow, busy, isTrusted, source, target }: Asked): string {
  const dev = anEnvironment('dev', {
    ...(wiring !== 'no target' && { promotesTo: 'test' }),
    ...(wiring === 'on a cycle' && { cycle: ['dev', 'test', 'dev'] }),
  });
  const there = [
    ...(wiring === 'no such environment' ? [] : [dev]),
    ...(wiring === 'target gone' ? [] : [anEnvironment('test')]),
  ];
  const result = gate(kind === 'promote' ? { kind, from: 'dev' } : { kind, environment: 'dev' }, {
    isTrusted,
    flowId: 'orders',
    flow: flows[flow],
    environment: (id) => there.find((environment) => environment.id === id),
    cell: (id) => cells[id === 'dev' ? source : target],
    running: (id) =>
      busy === 'both' || (busy !== 'nowhere' && (busy === 'source') === (id === 'dev')) ? 'deploy' : undefined,
  });
  if (result.isAllowed) return `→ ${result.target.id}`;
  const { reason } = result;
  return 'environment' in reason ? `${reason.kind} ${reason.environment}` : reason.kind;
}

/** Why nothing is known of a place right now; undefined where it can be talked to. */
const silence: Partial<Record<CellName, string>> = {
  unreachable: 'unreachable',
  noToken: 'unreachable',
  notRead: 'not-read',
  writeOutcomeUnread: 'unreachable',
};
const inSync: readonly CellName[] = ['inSync', 'byRecord'];

/** The rules in other words: the first reason there is, or where it goes. */
function expected({ kind, wiring, flow, busy, isTrusted, source, target }: Asked): string {
  const isPromotion = kind === 'promote';
  const place = (id: string, cell: CellName, isBusy: boolean): string | undefined => {
    const reason = isBusy ? 'busy' : silence[cell];
    return reason && `${reason} ${id}`;
  };
  const reasons = [
    !isTrusted && 'restricted',
    wiring === 'no such environment' && 'no-such-environment dev',
    isPromotion && wiring === 'no target' && 'no-target dev',
    isPromotion && wiring === 'on a cycle' && 'on-cycle',
    isPromotion && wiring === 'target gone' && 'no-such-environment test',
    kind !== 'undeploy' && flow !== 'good' && flow,
    place('dev', source, busy === 'source' || busy === 'both'),
    isPromotion && !inSync.includes(source) && 'not-in-sync dev',
    isPromotion && place('test', target, busy === 'target' || busy === 'both'),
    isPromotion && inSync.includes(target) && 'target-in-sync test',
    kind === 'undeploy' && source === 'notDeployed' && 'not-deployed dev',
  ];
  return reasons.find((reason) => typeof reason === 'string') ?? `→ ${isPromotion ? 'test' : 'dev'}`;
}

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

  it('decides by these rules and in this order, in every combination', () => {
    let tried = 0;
    for (const asked of combinations()) {
      const actual = outcome(asked);
      const wanted = expected(asked);
      tried++;
      if (actual !== wanted) assert.fail(`${JSON.stringify(asked)}: ${actual} instead of ${wanted}`);
    }
    assert.equal(
      tried,
      kinds.length * wirings.length * flowNames.length * busyPlaces.length * 2 * cellNames.length ** 2,
    );
  });

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
});
