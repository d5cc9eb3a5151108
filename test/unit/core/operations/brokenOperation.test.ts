import assert from 'node:assert/strict';
import type { OperationPorts } from '../../../../src/core/operations/types';
import { PromotionWorld } from '../../../support/promotionWorld';

const deploy = { kind: 'deploy', environment: 'dev' } as const;

describe('an operation in which something breaks that should not', () => {
  let world: PromotionWorld;
  beforeEach(() => {
    world = new PromotionWorld();
  });

  const broken = (): Promise<never> => Promise.reject(new TypeError('token-1 is locked'));
  const internal = { kind: 'internal', detail: 'TypeError' };

  function lastOutcome(): string | undefined {
    const last = world.log.at(-1);
    return last?.phase === 'ended' ? last.outcome : undefined;
  }

  /** A client whose writes end like this, whatever came of them. */
  function clientThat(write: () => Promise<never>): Partial<OperationPorts> {
    const { health, listFlows, close } = world.runtime('dev');
    return { client: () => ({ health, listFlows, close, putFlow: write, deleteFlow: write }) };
  }

  for (const [where, change] of [
    ['while a secret is read', { sending: broken }],
    [
      'while a client is made',
      {
        client: () => {
          throw new TypeError('token-1 is locked');
        },
      },
    ],
  ] as const) {
    it(`has sent nothing ${where}, says so in its records, and repeats no words that may hold a secret`, async () => {
      const result = await world.perform(deploy, change);
      assert.deepEqual(result.outcome === 'failed' && result.reason, internal);
      assert.deepEqual([world.log.length, lastOutcome(), world.runtime('dev').writes], [2, 'failed', 0]);
      assert.deepEqual(world.cell('dev'), { state: 'not-deployed' });
    });
  }

  it('reads what became of it once it was sent', async () => {
    const arrived = clientThat(() => {
      world.runtime('dev').running = world.sent('dev');
      return broken();
    });
    assert.equal((await world.perform(deploy, arrived)).outcome, 'succeeded');
    assert.equal(lastOutcome(), 'succeeded');
    world.yaml = 'v2';
    const result = await world.perform(deploy, clientThat(broken));
    assert.equal(result.outcome === 'unknown' && result.reason.kind, 'may-still-arrive');
    assert.equal(lastOutcome(), 'unknown');
    const unread = await world.perform(deploy, {
      ...clientThat(() => {
        world.runtime('dev').fault = 'down';
        return broken();
      }),
    });
    assert.equal(unread.outcome, 'unknown');
    assert.equal(lastOutcome(), 'unknown');
  });

  it('does not know what became of it where the read after it breaks', async () => {
    const result = await world.perform(deploy, {
      read: (id, signal) => (signal ? world.read(id) : broken()),
    });
    assert.deepEqual(result.outcome === 'unknown' && result.reason, { kind: 'cannot-read', error: 'TypeError' });
    assert.equal(lastOutcome(), 'unknown');
  });

  for (const port of ['content', 'read', 'confirm'] as const) {
    it(`has recorded nothing in ${port}, before it began`, async () => {
      const result = await world.perform({ kind: 'deploy', environment: 'prod' }, { [port]: broken });
      assert.deepEqual(result.outcome === 'failed' && result.reason, internal);
      assert.deepEqual([world.log, world.runtime('prod').writes], [[], 0]);
      assert.equal((await world.perform({ kind: 'deploy', environment: 'prod' })).outcome, 'succeeded');
    });
  }
});
