import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { RuntimeError, type RuntimeClient } from '../../../../src/core/ports';
import type { OperationResult } from '../../../../src/core/operations/types';
import type { Operation } from '../../../../src/core/promotion/gate';
import { PromotionWorld } from '../../../support/promotionWorld';

const deploy = { kind: 'deploy', environment: 'dev' } as const;

/** Three time-outs of one second to connect, and one for the answer to begin. */
const longestUnanswered = 4000;

describe('a write that is not there yet when it is read', () => {
  let world: PromotionWorld;

  beforeEach(() => {
    world = new PromotionWorld();
  });

  it('knows what was sent where a write arrives after it was read', async () => {
    for (const fault of ['arrives-late', 'answers-early'] as const) {
      world = new PromotionWorld();
      await world.perform(deploy);
      world.yaml = 'v2';
      world.params = 'p2';
      world.runtime('dev').fault = fault;
      await world.perform(deploy);
      world.runtime('dev').arrive();
      await world.read('dev');
      assert.equal(world.cell('dev').state, 'in-sync');
      world.params = 'p3';
      assert.deepEqual(world.cell('dev'), { state: 'stale', reason: 'parameters' }, fault);
    }
  });

  it('shows what ran before where a write never arrives, and nothing of it once the next deploy is there', async () => {
    await world.perform(deploy);
    world.yaml = 'v2';
    world.params = 'p2';
    world.runtime('dev').fault = 'answer-lost-before';
    await world.perform(deploy);
    Object.assign(world, { yaml: 'v1', params: 'p1' });
    assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'hash' });
    world.params = 'p2';
    world.runtime('dev').fault = 'none';
    assert.equal((await world.perform(deploy)).outcome, 'succeeded');
    assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'hash' });
  });

  it('does not take an earlier write that came late for the one whose answer was lost', async () => {
    await world.perform(deploy);
    world.yaml = 'v2';
    world.runtime('dev').fault = 'arrives-late';
    await world.perform(deploy);
    world.params = 'p2';
    world.runtime('dev').fault = 'answer-lost-before';
    assert.equal((await world.perform(deploy)).outcome, 'unknown');
    assert.equal(world.runtime('dev').running?.yaml, 'v2');
    assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'write-outcome' });
  });

  it('calls a write failed that the runtime itself gave up, and not one that a gateway gave up', async () => {
    for (const [status, isFromGateway, outcome] of [
      [500, false, 'failed'],
      [503, false, 'failed'],
      [503, true, 'unknown'],
      [504, true, 'unknown'],
    ] as const) {
      const lost = new RuntimeError('server-error', { status, isOutcomeUnknown: true, isFromGateway });
      const client = Object.assign(Object.create(world.runtime('dev')) as RuntimeClient, {
        putFlow: () => Promise.reject(lost),
      });
      assert.equal((await world.perform(deploy, { client: () => client })).outcome, outcome);
    }
  });

  it('says so where another window sends it at the same time, until one of them sends it alone', async () => {
    const runtime = world.runtime('dev');
    const results: OperationResult[] = [];
    runtime.onWrite = async () => {
      runtime.onWrite = () => undefined;
      world.switchWindow();
      world.params = 'p2';
      results.push(await world.perform(deploy));
      world.switchWindow();
    };
    results.push(await world.perform(deploy));
    assert.deepEqual(
      results.map((result) => result.outcome === 'unknown' && result.reason),
      [{ kind: 'other-write' }, { kind: 'other-write' }],
    );
    for (const params of ['p1', 'p2']) {
      world.params = params;
      assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'write-outcome' });
    }
    assert.equal((await world.perform(deploy)).outcome, 'succeeded');
    assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'hash' });
  });

  for (const mode of ['beside', 'odd'] as const) {
    it(`confirms nothing while a window's request may come that died with it, with values ${mode}`, async () => {
      world.use({ dev: mode });
      await world.perform(deploy);
      world.die();
      world.yaml = 'v2';
      await world.perform(deploy);
      await world.restart();
      world.params = 'p2';
      world.time += longestUnanswered - 1;
      assert.equal((await world.perform(deploy)).outcome, 'unknown');
      assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'write-outcome' });
      world.time += 1;
      assert.equal((await world.perform(deploy)).outcome, 'succeeded');
      assert.equal(world.cell('dev').state, 'in-sync');
    });
  }

  for (const fault of ['pretends', 'error-after', 'answer-lost-after'] as const) {
    it(`is not sure of one like an earlier uncertain one, with a hash that nobody knows, where it ${fault}`, async () => {
      world.use({ dev: 'odd' });
      await world.perform(deploy);
      world.yaml = 'v2';
      world.runtime('dev').fault = 'answer-lost-after';
      await world.perform(deploy);
      world.runtime('dev').fault = fault;
      world.params = 'p2';
      assert.equal((await world.perform(deploy)).outcome, 'unknown');
      assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'write-outcome' });
      world.runtime('dev').fault = 'none';
      assert.equal((await world.perform(deploy)).outcome, 'succeeded');
      assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'record' });
    });
  }

  it("does not take another window's write that came right after it for its own, where the hash is the one of before", async () => {
    world.use({ dev: 'there' });
    await world.perform(deploy);
    world.params = 'p2';
    await world.perform(deploy);
    const turns = new EventEmitter();
    const others: Promise<OperationResult>[] = [];
    const steps = [
      () => {
        Object.assign(world, { params: 'p1' });
        world.switchWindow();
        others.push(world.perform(deploy));
        return once(turns, 'the other one is there');
      },
      () => undefined,
      () => {
        turns.emit('the other one is there');
        return once(turns, 'the first one is there');
      },
      () => turns.emit('the first one is there'),
    ];
    world.runtime('dev').onWrite = async () => {
      await steps.shift()?.();
    };
    await world.perform(deploy);
    const [result] = await Promise.all(others);
    assert.equal(result?.outcome, 'unknown');
    await world.read('dev');
    assert.equal(world.runtime('dev').running?.params, '{"p":"p2"}');
    assert.notEqual(world.cell('dev').state, 'in-sync');
  });

  it('tells nothing of another window whose write cannot be mistaken for it', async () => {
    const others: readonly (readonly [string, Operation, Partial<PromotionWorld>])[] = [
      ['the same parameters', deploy, {}],
      ['another text', deploy, { yaml: 'v2', params: 'p2' }],
      ['parameters that the hash tells of', deploy, { params: 'p2' }],
      ['an undeploy', { kind: 'undeploy', environment: 'dev' }, {}],
    ];
    for (const [name, operation, change] of others) {
      world = new PromotionWorld();
      if (name.startsWith('parameters')) world.use({ dev: 'here' });
      await world.perform(deploy);
      const { yaml, params } = world;
      const runtime = world.runtime('dev');
      runtime.onWrite = async () => {
        runtime.onWrite = () => undefined;
        world.switchWindow();
        Object.assign(world, change);
        await world.perform(operation);
        world.switchWindow();
        Object.assign(world, { yaml, params });
      };
      assert.equal((await world.perform(deploy)).outcome, 'succeeded', name);
      assert.equal(world.cell('dev').state, 'in-sync', name);
    }
  });

  it('does not call an undeploy failed that may still arrive', async () => {
    await world.perform(deploy);
    world.runtime('dev').fault = 'arrives-late';
    const result = await world.perform({ kind: 'undeploy', environment: 'dev' });
    const reason = { kind: 'may-still-arrive', found: 'still-listed' };
    assert.deepEqual(result.outcome === 'unknown' && result.reason, reason);
    assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'hash' });
    world.runtime('dev').arrive();
    await world.read('dev');
    assert.deepEqual(world.cell('dev'), { state: 'not-deployed' });
  });
});
