import assert from 'node:assert/strict';
import type { Sending } from '../../../../src/core/operations/prepareSending';
import type { OperationPorts } from '../../../../src/core/operations/types';
import { digestsOf } from '../../../support/builders';
import { PromotionWorld } from '../../../support/promotionWorld';

const deploy = { kind: 'deploy', environment: 'dev' } as const;
const promote = { kind: 'promote', from: 'dev' } as const;

describe('runOperation', () => {
  let world: PromotionWorld;
  const readyToSend = (id: string): Extract<Sending, { kind: 'ready' }> => {
    const sending = world.sending(id);
    return sending.kind === 'ready' ? sending : assert.fail('nothing to send');
  };

  beforeEach(() => {
    world = new PromotionWorld();
  });

  it('takes a flow from dev to prod and back, as the tutorial tells', async () => {
    assert.equal((await world.perform(deploy)).outcome, 'succeeded');
    assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'hash' });
    assert.equal((await world.perform(promote)).outcome, 'succeeded');
    assert.equal((await world.perform({ kind: 'promote', from: 'test' })).outcome, 'succeeded');
    assert.equal(world.runtime('prod').running?.yaml, 'v1');
    assert.equal((await world.perform({ kind: 'undeploy', environment: 'prod' })).outcome, 'succeeded');
    assert.deepEqual(world.cell('prod'), { state: 'not-deployed' });
    assert.equal((await world.perform({ kind: 'promote', from: 'test' })).outcome, 'succeeded');
    assert.equal(world.cell('prod').state, 'in-sync');
  });

  it('promotes only from where the flow is in sync, and says so', async () => {
    await world.perform(deploy);
    world.yaml = 'v2';
    const result = await world.perform(promote);
    assert.equal(result.outcome === 'refused' && result.reason.kind, 'not-in-sync');
    assert.equal(world.runtime('test').writes, 0);
  });

  it('asks the gate with a fresh read: what was green on the screen may no longer be', async () => {
    await world.perform(deploy);
    world.runtime('dev').running = { yaml: 'somebody else’s', params: '' };
    assert.equal(world.cell('dev').state, 'in-sync');
    assert.equal((await world.perform(promote)).outcome, 'refused');
    assert.equal(world.runtime('test').writes, 0);
  });

  it('asks before a change to a protected environment, and takes no for an answer', async () => {
    world.answersYes = false;
    const result = await world.perform({ kind: 'deploy', environment: 'prod' });
    assert.deepEqual(result, { outcome: 'cancelled' });
    assert.equal(world.plans[0]?.target.id, 'prod');
    assert.equal(world.runtime('prod').writes, 0);
    assert.deepEqual(world.log, []);
  });

  it('sends nothing when the flow changed while the question was open', async () => {
    const result = await world.perform(
      { kind: 'deploy', environment: 'prod' },
      {
        confirm: () => {
          world.yaml = 'v2';
          return Promise.resolve(true);
        },
      },
    );
    assert.equal(result.outcome === 'failed' && result.reason.kind, 'changed-meanwhile');
    assert.equal(world.runtime('prod').writes, 0);
  });

  it('sends nothing when the source went stale while the question was open', async () => {
    await world.perform(deploy);
    await world.perform(promote);
    const result = await world.perform(
      { kind: 'promote', from: 'test' },
      {
        confirm: () => {
          world.runtime('test').running = undefined;
          return Promise.resolve(true);
        },
      },
    );
    assert.equal(result.outcome, 'refused');
    assert.equal(world.runtime('prod').writes, 0);
  });

  it('sends nothing when somebody else deployed while the question was open', async () => {
    await world.perform({ kind: 'deploy', environment: 'prod' });
    world.yaml = 'v2';
    const result = await world.perform(
      { kind: 'deploy', environment: 'prod' },
      {
        confirm: () => {
          world.runtime('prod').running = { yaml: 'hotfix', params: '' };
          return Promise.resolve(true);
        },
      },
    );
    assert.equal(result.outcome === 'failed' && result.reason.kind, 'changed-meanwhile');
    assert.equal(world.runtime('prod').running?.yaml, 'hotfix');
  });

  it('asks again where an environment became protected in the meantime', async () => {
    const result = await world.perform(deploy, {
      onStep: (step) => {
        if (step === 'checking') {
          world.change('dev', { isProtected: true });
        }
      },
    });
    assert.equal(result.outcome === 'failed' && result.reason.kind, 'changed-meanwhile');
    assert.equal(world.runtime('dev').writes, 0);
  });

  it('does not take the answer of another runtime for a confirmation', async () => {
    const result = await world.perform(deploy, {
      onStep: (step) => {
        if (step === 'verifying') {
          world.change('dev', { url: 'http://localhost/other' });
        }
      },
    });
    assert.equal(result.outcome === 'unknown' && result.reason.kind, 'target-changed');
  });

  it('neither calls a flow without routes deployed nor promotes it', async () => {
    world.runtime('dev').routeCount = 0;
    const result = await world.perform(deploy);
    assert.equal(result.outcome === 'failed' && result.reason.kind, 'no-routes');
    assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'no-routes' });
    assert.equal((await world.perform(promote)).outcome, 'refused');
  });

  it('deploys and promotes a flow of which no route is expected', async () => {
    world.runsNothing = true;
    world.runtime('dev').routeCount = 0;
    assert.equal((await world.perform(deploy)).outcome, 'succeeded');
    assert.equal(world.cell('dev').state, 'in-sync');
    assert.equal((await world.perform(promote)).outcome, 'succeeded');
  });

  it('warns before it replaces what someone else deployed', async () => {
    await world.perform(deploy);
    world.runtime('dev').running = { yaml: 'theirs', params: '' };
    await world.perform(deploy);
    assert.deepEqual(world.plans[0]?.warnings, [{ kind: 'overwrites-remote' }]);
  });

  it('refuses a second operation on the same flow and environment while one runs', async () => {
    let second: Promise<unknown> | undefined;
    await world.perform(deploy, {
      onStep: (step) => {
        if (step === 'sending') {
          second = world.perform(deploy);
        }
      },
    });
    assert.deepEqual(await second, {
      outcome: 'refused',
      reason: { kind: 'busy', environment: 'dev', action: 'deploy' },
    });
    assert.equal(world.runtime('dev').writes, 1);
  });

  it('does not call a 200 a success where the old version still runs', async () => {
    await world.perform(deploy);
    world.yaml = 'v2';
    world.runtime('dev').fault = 'pretends';
    const result = await world.perform(deploy);
    assert.equal(result.outcome === 'failed' && result.reason.kind, 'old-version-runs');
    assert.equal(world.cell('dev').state, 'stale');
  });

  it('does not call a 200 a success where nothing is listed', async () => {
    world.runtime('dev').fault = 'pretends';
    const result = await world.perform(deploy);
    assert.equal(result.outcome === 'failed' && result.reason.kind, 'not-listed');
  });

  it('finds out by reading where the answer was lost', async () => {
    world.runtime('dev').fault = 'answer-lost-after';
    assert.equal((await world.perform(deploy)).outcome, 'succeeded');
    world.yaml = 'v2';
    world.runtime('dev').fault = 'answer-lost-before';
    const result = await world.perform(deploy);
    const reason = { kind: 'may-still-arrive', found: 'old-version-runs' };
    assert.deepEqual(result.outcome === 'unknown' && result.reason, reason);
    assert.deepEqual(world.cell('dev'), { state: 'stale', reason: 'yaml' });
  });

  it('says that it does not know where it cannot read either', async () => {
    world.runtime('dev').fault = 'dies-after';
    assert.equal((await world.perform(deploy)).outcome, 'unknown');
    assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'write-outcome-unread', unreachable: 'network' });
    world.runtime('dev').fault = 'none';
    await world.read('dev');
    assert.equal(world.cell('dev').state, 'in-sync');
  });

  it('reads secrets and variables when it sends, not before and not for an undeploy', async () => {
    const seen: string[] = [];
    const watch: Partial<OperationPorts> = {
      onStep: (step) => seen.push(step),
      confirm: () => Promise.resolve(seen.push('yes') > 0),
      sending: ({ id }) => {
        seen.push('values');
        return Promise.resolve(world.sending(id));
      },
    };
    await world.perform({ kind: 'deploy', environment: 'prod' }, watch);
    assert.deepEqual(seen, ['checking', 'confirming', 'yes', 'sending', 'values', 'verifying']);
    seen.length = 0;
    await world.perform({ kind: 'undeploy', environment: 'prod' }, watch);
    assert.ok(!seen.includes('values'));
  });

  it('sends nothing where a secret is another one, or gone, when it is read', async () => {
    const other = (): Promise<Sending> => Promise.resolve({ ...readyToSend('dev'), parameterDigest: 'another' });
    const edited = (): Promise<Sending> =>
      Promise.resolve({ ...readyToSend('dev'), digests: digestsOf('another yaml') });
    const problems = [{ kind: 'secret-not-stored', key: 'p' }] as const;
    const cases = [
      [other, 'changed-meanwhile'],
      [edited, 'changed-meanwhile'],
      [() => Promise.resolve(undefined), 'changed-meanwhile'],
      [() => Promise.resolve({ kind: 'unresolved' as const, problems }), 'parameters'],
    ] as const;
    for (const [sending, reason] of cases) {
      const result = await world.perform(deploy, { sending });
      assert.equal(result.outcome === 'failed' && result.reason.kind, reason);
      const last = world.log.at(-1);
      assert.equal(last?.phase === 'ended' && last.outcome, 'failed');
    }
    assert.equal(world.runtime('dev').writes, 0);
  });

  it('sends nothing once it was cancelled while a secret was read', async () => {
    const controller = new AbortController();
    const sending = ({ id }: { id: string }): Promise<Sending> => {
      controller.abort();
      return Promise.resolve(world.sending(id));
    };
    assert.deepEqual(await world.perform(deploy, { sending }, controller.signal), { outcome: 'cancelled' });
    assert.equal(world.runtime('dev').writes, 0);
  });

  it('asks nothing where a value is missing', async () => {
    const problems = [{ kind: 'secret-not-stored', key: 'p' }] as const;
    const content = { ...world.content('prod'), problems };
    const result = await world.perform(
      { kind: 'deploy', environment: 'prod' },
      { content: () => Promise.resolve(content) },
    );
    assert.deepEqual(result.outcome === 'failed' && result.reason, { kind: 'parameters', problems });
    assert.deepEqual(world.plans, []);
    assert.deepEqual(world.log, []);
  });

  it('knows a deploy with secrets in its YAML by record', async () => {
    world.use({ dev: 'here' });
    assert.equal((await world.perform(deploy)).outcome, 'succeeded');
    assert.equal(world.runtime('dev').running?.yaml, 'v1: "p1"');
    assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'record' });
    world.params = 'p2';
    assert.deepEqual(world.cell('dev'), { state: 'stale', reason: 'parameters' });
  });

  it('does not call a 200 a success where the old secret still runs', async () => {
    for (const mode of ['here', 'there'] as const) {
      world = new PromotionWorld();
      world.use({ dev: mode });
      await world.perform(deploy);
      world.params = 'p2';
      world.runtime('dev').fault = 'pretends';
      const result = await world.perform(deploy);
      assert.equal(result.outcome === 'failed' && result.reason.kind, 'old-version-runs', mode);
      assert.equal(world.cell('dev').state, 'stale', mode);
    }
  });

  it('does not take parameters for sent where a hash of an unknown kind and the time stay as they were', async () => {
    world.use({ dev: 'odd' });
    await world.perform(deploy);
    world.params = 'p2';
    world.runtime('dev').fault = 'pretends';
    const result = await world.perform(deploy);
    assert.equal(result.outcome === 'unknown' && result.reason.kind, 'not-comparable');
    assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'write-outcome' });
  });

  it('does not take a write whose answer was lost for one that failed where the hash could not have moved', async () => {
    world.use({ dev: 'odd' });
    await world.perform(deploy);
    world.params = 'p2';
    for (const fault of ['answer-lost-after', 'answer-lost-before'] as const) {
      world.runtime('dev').fault = fault;
      assert.equal((await world.perform(deploy)).outcome, 'unknown', fault);
      assert.equal(world.cell('dev').state, 'unknown', fault);
      world.params = 'p3';
    }
  });

  it('does not take what was sent before a write of unknown outcome for what runs', async () => {
    const dev = world.runtime('dev');
    await world.perform(deploy);
    world.params = 'p2';
    dev.fault = 'dies-after';
    await world.perform(deploy);
    world.params = 'p1';
    dev.fault = 'answer-lost-before';
    const result = await world.perform(deploy);
    assert.equal(result.outcome === 'unknown' && result.reason.kind, 'not-comparable');
    assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'write-outcome' });
  });

  it('never deletes for want of a content to deploy', async () => {
    await world.perform(deploy);
    const result = await world.perform(deploy, { content: () => Promise.resolve(undefined) });
    assert.equal(result.outcome, 'failed');
    assert.equal(world.runtime('dev').running?.yaml, 'v1');
  });

  it('sends nothing that it cannot record', async () => {
    const records = { keepContent: () => Promise.resolve(), append: () => Promise.reject(new Error('disk full')) };
    const result = await world.perform(deploy, { records });
    assert.equal(result.outcome === 'failed' && result.reason.kind, 'log-not-written');
    assert.equal(world.runtime('dev').writes, 0);
  });

  it('does nothing once it was cancelled before sending', async () => {
    const controller = new AbortController();
    const onStep = (): void => {
      controller.abort();
    };
    assert.deepEqual(await world.perform(deploy, { onStep }, controller.signal), { outcome: 'cancelled' });
    assert.equal(world.runtime('dev').writes, 0);
  });

  it('deploys to a runtime that gives no hash, and does not claim to know', async () => {
    world.runtime('dev').hashOf = () => undefined;
    const result = await world.perform(deploy);
    assert.equal(result.outcome === 'unknown' && result.reason.kind, 'no-hash');
    assert.deepEqual(world.cell('dev'), { state: 'unknown', reason: 'no-hash' });
  });

  it('knows its own deploy by record where the hash is of bytes it cannot tell', async () => {
    let revision = 0;
    const runtime = world.runtime('dev');
    runtime.hashOf = (yaml) => `revision ${yaml} ${String(revision)}`;
    assert.equal((await world.perform(deploy)).outcome, 'succeeded');
    assert.deepEqual(world.cell('dev'), { state: 'in-sync', by: 'record' });
    revision++;
    await world.read('dev');
    assert.deepEqual(world.cell('dev'), { state: 'stale', reason: 'remote' });
  });

  it('writes no parameter value into its records', async () => {
    world.params = 'tell-nobody';
    await world.perform(deploy);
    assert.equal(JSON.stringify(world.log).includes('tell-nobody'), false);
    const [first] = world.log;
    assert.ok(first?.phase === 'started');
    assert.deepEqual(first.parameterNames, ['p']);
    assert.match(first.parameterDigest ?? '', /^[0-9a-f]{64}$/);
  });
});
