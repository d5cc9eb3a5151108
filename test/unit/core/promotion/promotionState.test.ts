import assert from 'node:assert/strict';
import type { FlowContent } from '../../../../src/core/operations/flowContent';
import { lockPlace } from '../../../../src/core/operations/operationLock';
import { DeploymentMemory } from '../../../../src/core/operations/deploymentMemory';
import { ContentDigests, TextDigests } from '../../../../src/core/promotion/contentHash';
import {
  cellOf,
  cellsOf,
  defaultEnvironment,
  environmentOf,
  flowOf,
  readingOf,
  situationOf,
  statusOf,
  strayFlows,
  type PromotionState,
} from '../../../../src/core/promotion/promotionState';
import type { EnvironmentReading } from '../../../../src/core/promotion/types';
import type { Registry } from '../../../../src/core/registry/types';
import { aFlow, anEnvironment, digestsOf, hashing } from '../../../support/builders';

const orders = aFlow('orders', 'orders yaml');
const payments = aFlow('payments', 'payments yaml');
const dev = anEnvironment('dev', { promotesTo: 'test' });
const test = anEnvironment('test', { isDefault: true });
const registry: Registry = {
  file: 'file:///work/pipebase.yaml',
  include: [],
  exclude: [],
  parameters: new Map(),
  environments: [dev, test],
  faults: [],
};

function contentOf(yaml: string, parameterDigest?: string): FlowContent {
  return {
    yaml,
    digests: digestsOf(yaml),
    parameterDigest,
    parameterNames: [],
    missingKeys: [],
    problems: [],
  };
}

function read(...flows: readonly (readonly [string, string])[]): EnvironmentReading {
  const items = flows.map(([id, yaml]) => [id, { id, hash: hashing.digest('sha256', yaml) }] as const);
  return { kind: 'read', at: 1, flows: new Map(items) };
}

function aState(change: Partial<PromotionState> = {}): PromotionState {
  const both = (yaml: string): ReadonlyMap<string, FlowContent> =>
    new Map([dev, test].map(({ id }) => [id, contentOf(yaml, 'P1')]));
  return {
    folder: 'file:///work',
    isTrusted: true,
    registry,
    flows: [orders, payments],
    contents: new Map([
      [orders, both(orders.yaml)],
      [payments, both(payments.yaml)],
    ]),
    readings: new Map([
      ['dev', read(['orders', 'orders yaml'], ['legacy', 'x'], ['ancient', 'y'])],
      ['test', read(['orders', 'older yaml'])],
    ]),
    checking: new Set(),
    running: new Map(),
    unsaved: new Set(),
    memory: new DeploymentMemory(),
    ...change,
  };
}

describe('a promotion state', () => {
  it('finds environments, flows and readings by id', () => {
    const state = aState();
    assert.equal(environmentOf(state, 'test'), test);
    assert.equal(environmentOf(state, 'prod'), undefined);
    assert.equal(environmentOf(aState({ registry: undefined }), 'dev'), undefined);
    assert.equal(flowOf(state, 'payments'), payments);
    assert.equal(flowOf(state, 'nope'), undefined);
    assert.equal(readingOf(state, 'dev').kind, 'read');
    assert.deepEqual(readingOf(state, 'prod'), { kind: 'not-read' });
  });

  it('deploys to the default environment, else to the first', () => {
    assert.equal(defaultEnvironment(aState()), test);
    const plain = { ...registry, environments: [dev, anEnvironment('test')] };
    assert.equal(defaultEnvironment(aState({ registry: plain })), dev);
    assert.equal(defaultEnvironment(aState({ registry: undefined })), undefined);
    assert.equal(defaultEnvironment(aState({ registry: { ...registry, environments: [] } })), undefined);
  });

  it('compares each flow with each environment, in order', () => {
    const state = aState();
    assert.deepEqual(cellsOf(state, orders), [
      { state: 'in-sync', by: 'hash' },
      { state: 'stale', reason: 'yaml' },
    ]);
    assert.deepEqual(cellsOf(state, payments), [{ state: 'not-deployed' }, { state: 'not-deployed' }]);
    assert.deepEqual(cellsOf(aState({ registry: undefined }), orders), []);
    assert.equal(statusOf(state, orders), 'warning');
    assert.equal(statusOf(state, payments), 'draft');
    assert.equal(statusOf(aState({ registry: undefined }), orders), undefined);
  });

  it('knows nothing of a flow whose content was not worked out', () => {
    assert.deepEqual(cellOf(aState({ contents: new Map() }), orders, dev), { state: 'unknown', reason: 'not-read' });
  });

  it('remembers what was sent from here, parameters included', () => {
    const memory = new DeploymentMemory();
    const hashAfter = hashing.digest('sha256', 'orders yaml');
    memory.add({
      phase: 'ended',
      outcome: 'succeeded',
      id: '1',
      at: 0,
      action: 'deploy',
      folder: 'file:///work',
      flow: 'orders',
      environment: 'dev',
      origin: dev.origin,
      yamlSha256: hashAfter,
      parameterDigest: 'P0',
      hashAfter,
      variant: 'rendered',
      durationMs: 1,
    });
    assert.deepEqual(cellOf(aState({ memory }), orders, dev), { state: 'stale', reason: 'parameters' });
    const elsewhere = { ...dev, origin: 'http://elsewhere' };
    assert.deepEqual(cellOf(aState({ memory }), orders, elsewhere), { state: 'in-sync', by: 'hash' });
    assert.equal(memory.variant('file:///work', 'dev', dev.origin), 'rendered');
  });

  it('tries the form that matched in the environment before first', () => {
    const asked: string[] = [];
    const counting = {
      ...hashing,
      digest: (algorithm: 'sha256', text: string) => {
        asked.push(text);
        return hashing.digest(algorithm, text);
      },
    };
    const source = new TextDigests(counting, 'a: "{{k}}"');
    const digests = new ContentDigests({ source, substitution: 'runtime', values: new Map([['k', 'r']]) });
    const memory = new DeploymentMemory();
    memory.environment = () => ({ cells: new Map(), variant: 'rendered' });
    const contents = new Map([[orders, new Map([['dev', { ...contentOf('s'), digests }]])]]);
    cellOf(aState({ memory, contents, readings: new Map([['dev', read(['orders', 'a: "r"'])]]) }), orders, dev);
    assert.deepEqual(asked, ['a: "r"']);
  });

  it('takes the scheme that matched last, else what the list itself tells', () => {
    const values = new Map([['k', 'v']]);
    const content = (yaml: string): ReadonlyMap<string, FlowContent> =>
      new Map([['dev', { ...contentOf(yaml), digests: digestsOf(yaml, { values }) }]]);
    const known = aFlow('known', 'a: "{{k}}"');
    const stale = aFlow('stale', 'b: "{{k}}"');
    const contents = new Map([
      [known, content(known.yaml)],
      [stale, content(stale.yaml)],
    ]);
    // Nobody hashes one flow so and the other so: a runtime that does is told by the first.
    const readings = new Map([['dev', read(['known', 'a: "{{k}}"'], ['stale', 'b: "v"'])]]);
    assert.equal(cellOf(aState({ contents, readings }), stale, dev).state, 'stale');
    const memory = new DeploymentMemory();
    memory.environment = () => ({ cells: new Map(), variant: 'rendered' });
    assert.equal(cellOf(aState({ contents, readings, memory }), stale, dev).state, 'in-sync');
  });

  it('shows the gate one flow, with what runs on it', () => {
    const running = new Map([[lockPlace('file:///work', 'test', 'orders'), 'promote' as const]]);
    const situation = situationOf(aState({ running, isTrusted: false }), 'orders');
    assert.equal(situation.flow, orders);
    assert.equal(situation.flowId, 'orders');
    assert.equal(situation.isTrusted, false);
    assert.equal(situation.environment('dev'), dev);
    assert.equal(situation.running('test'), 'promote');
    assert.equal(situation.running('dev'), undefined);
    assert.deepEqual(situation.cell('dev'), { state: 'in-sync', by: 'hash' });
    assert.equal(situation.cell('dev'), situation.cell('dev'), 'computed once');
    assert.deepEqual(situation.cell('prod'), { state: 'unknown', reason: 'not-read' });
  });

  it('shows the gate a flow that only the runtime has', () => {
    const readings = new Map<string, EnvironmentReading>([
      ['dev', read(['legacy', 'x'])],
      ['test', { kind: 'failed', at: 1, reason: 'timeout' }],
    ]);
    const situation = situationOf(aState({ readings }), 'legacy');
    assert.equal(situation.flow, undefined);
    assert.deepEqual(situation.cell('dev'), { state: 'unknown', reason: 'not-in-workspace' });
    assert.deepEqual(situation.cell('test'), { state: 'unreachable', reason: 'timeout' });
    assert.deepEqual(situationOf(aState({ readings }), 'other').cell('dev'), { state: 'not-deployed' });
    const unread = situationOf(aState({ readings: new Map() }), 'legacy');
    assert.deepEqual(unread.cell('dev'), { state: 'unknown', reason: 'not-read' });
  });

  it('lists the flows that the workspace does not have, sorted', () => {
    assert.deepEqual(strayFlows(aState(), 'dev'), ['ancient', 'legacy']);
    assert.deepEqual(strayFlows(aState(), 'test'), []);
    assert.deepEqual(strayFlows(aState({ readings: new Map() }), 'dev'), []);
  });
});
