import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { EnvironmentReading, GoodReading } from '../../../../src/core/promotion/types';
import { readEnvironment, withLastAnswer } from '../../../../src/vscode/state/readEnvironment';
import { answerJson, startFaultyRuntime, type CallName, type FaultyAnswer } from '../../../support/faultyRuntime';
import { Cleanup, openClient, testToken } from '../../../support/openClient';

describe('a reading that failed', () => {
  const good: GoodReading = { kind: 'read', at: 1, flows: new Map() };
  const failed = (at: number, last?: GoodReading): EnvironmentReading => ({
    kind: 'failed',
    at,
    reason: 'network',
    ...(last ? { last } : {}),
  });

  for (const [name, reading, last, expected] of [
    ['remembers the last answer', failed(2), good, failed(2, good)],
    ['has nothing to remember where there was none', failed(2), undefined, failed(2)],
    ['is forgotten by the next answer', { ...good, at: 3 }, good, { ...good, at: 3 }],
  ] as const) {
    it(name, () => {
      assert.deepEqual(withLastAnswer(reading, last), expected);
    });
  }
});

describe('reading an environment', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const never: FaultyAnswer = () => undefined;
  const refuse: FaultyAnswer = (_request, response) => void response.writeHead(401).end();

  async function open(fault: { call: CallName; answer: FaultyAnswer }) {
    const runtime = cleanup.add(await startFaultyRuntime(fault));
    runtime.flows.set('orders', { hash: 'ab', lastModified: 1 });
    return { runtime, client: cleanup.add(openClient(runtime.url, { timeoutMs: 60_000 })) };
  }

  it('fails where something broke that nobody foresaw, and does not repeat its words', async () => {
    const { client } = await open({ call: 'delete', answer: never });
    const broken = (): Promise<never> => Promise.reject(new TypeError('token-1 is not a function'));
    assert.deepEqual(await readEnvironment({ ...client, listFlows: broken }, () => 7), {
      kind: 'failed',
      at: 7,
      reason: 'unexpected-answer',
      detail: 'the extension could not read it (TypeError)',
    });
    const reading = await readEnvironment({ ...client, health: broken }, () => 7);
    assert.ok(reading?.kind === 'read' && reading.health === undefined);
    assert.equal(reading.healthFailure, 'unexpected-answer');
  });

  it('cannot read, with a token short enough to be a part of other words, what does not answer', async () => {
    const { runtime } = await open({ call: 'delete', answer: never });
    const client = cleanup.add(openClient(runtime.url, { token: () => Promise.resolve('dev-1') }));
    await runtime.close();
    const reading = await readEnvironment(client, () => 7);
    assert.ok(reading?.kind === 'failed' && reading.reason === 'network', JSON.stringify(reading));
  });

  it('sends one list and one health request', async () => {
    const { runtime, client } = await open({ call: 'delete', answer: never });
    const reading = await readEnvironment(client, () => 7);
    assert.ok(reading?.kind === 'read');
    assert.deepEqual([reading.at, [...reading.flows.keys()], reading.health?.status], [7, ['orders'], 'UP']);
    assert.deepEqual([...runtime.calls].sort(), ['health', 'list']);
  });

  for (const [name, items, hash] of [
    ['different hashes cannot be compared', [{ hash: 'ab' }, { hash: 'cd' }], undefined],
    ['a hash and none cannot be compared', [{ hash: 'ab' }, {}], undefined],
    ['three hashes cannot be compared', [{ hash: 'ab' }, { hash: 'cd' }, { hash: 'cd' }], undefined],
    ['the same hash are one', [{ hash: 'ab' }, { hash: 'ab' }], 'ab'],
  ] as const) {
    it(`takes care of items of one id: those with ${name}`, async () => {
      const names = ['orders.yaml', 'orders.camel.yaml', 'orders'];
      const list: FaultyAnswer = (_request, response) => {
        answerJson(response, [
          { id: 'other', hash: 'ef' },
          ...items.map((item, index) => ({ id: names[index], ...item })),
        ]);
      };
      const { client } = await open({ call: 'list', answer: list });
      const reading = await readEnvironment(client, () => 0);
      assert.ok(reading?.kind === 'read');
      assert.deepEqual([...reading.flows.keys()], ['other', 'orders']);
      assert.equal(reading.flows.get('orders')?.hash, hash);
      assert.equal(reading.flows.get('other')?.hash, 'ef');
    });
  }

  it('has the flows where health hangs, long before it is given up', async () => {
    const { client } = await open({ call: 'health', answer: never });
    const reading = await readEnvironment(client, () => 0);
    assert.ok(reading?.kind === 'read' && reading.flows.has('orders') && reading.health === undefined);
    assert.deepEqual([reading.healthFailure, reading.healthDetail], ['timeout', 'no answer soon after the list']);
  });

  it('says why there is no health beside the flows', async () => {
    const { client } = await open({ call: 'health', answer: refuse });
    const reading = await readEnvironment(client, () => 0);
    assert.ok(reading?.kind === 'read' && reading.flows.has('orders'));
    assert.deepEqual([reading.health, reading.healthFailure], [undefined, 'unauthorized']);
  });

  it('has the words of the health call for the log, without the token', async () => {
    // asked for health, a gateway that knows the token from the list may repeat it
    const echo: FaultyAnswer = (_request, response) => {
      answerJson(response, { error: `not for Bearer ${testToken}` }, 500);
    };
    const { client } = await open({ call: 'health', answer: echo });
    const reading = await readEnvironment(client, () => 0);
    assert.equal(reading?.healthDetail, 'not for Bearer ••••••');
  });

  it('does not wait for health where the list failed', async () => {
    const { client } = await open({ call: 'list', answer: refuse });
    const slow = new Promise<never>(() => undefined);
    let isCancelled = false;
    const health = async (signal?: AbortSignal) => {
      await Promise.race([
        slow,
        new Promise<void>((resolve) =>
          signal?.addEventListener('abort', () => {
            resolve();
          }),
        ),
      ]);
      isCancelled = true;
      return { status: 'UP', routes: [] };
    };
    const reading = await readEnvironment({ ...client, health }, () => 0);
    assert.deepEqual([reading?.kind === 'failed' && reading.reason, isCancelled], ['unauthorized', true]);
  });

  it('fails, and never tells nothing, where its client was closed and nobody has cancelled it', async () => {
    const { runtime, client } = await open({ call: 'list', answer: never });
    const reading = readEnvironment(client, () => 7);
    while (!runtime.calls.includes('list')) await delay(2);
    await client.close();
    assert.deepEqual(await reading, {
      kind: 'failed',
      at: 7,
      reason: 'network',
      detail: 'the connection was closed here before an answer came',
    });
  });

  it('tells nothing where it was cancelled', async () => {
    const { client } = await open({ call: 'list', answer: never });
    const own = new AbortController();
    const reading = readEnvironment(client, () => 0, own.signal);
    own.abort();
    assert.equal(await reading, undefined);
  });
});
