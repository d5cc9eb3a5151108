import assert from 'node:assert/strict';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { EnvironmentReading, GoodReading, UnreachableReason } from '../../../../src/core/promotion/types';
import { EnvironmentReads } from '../../../../src/vscode/state/environmentReads';
import type { FreshReading } from '../../../../src/vscode/state/readEnvironment';
import { anEnvironment } from '../../../support/builders';

/** A request that has gone out, and ends when the test says so. */
interface Request {
  readonly url: string;
  readonly end: (reading: EnvironmentReading | undefined) => void;
  readonly breakDown: () => void;
}

const good = (at: number): GoodReading => ({ kind: 'read', at, flows: new Map() });
const failed: EnvironmentReading = { kind: 'failed', at: 0, reason: 'network', detail: 'no route' };

describe('the reads of a folder', () => {
  let environments = [anEnvironment('dev'), anEnvironment('test')];
  let requests: Request[];
  let logged: string[];
  let changes: number;
  let reads: EnvironmentReads;

  beforeEach(() => {
    environments = [anEnvironment('dev'), anEnvironment('test')];
    [requests, logged, changes] = [[], [], 0];
    reads = new EnvironmentReads({
      environment: (id) => environments.find((one) => one.id === id),
      read: ({ url }) =>
        new Promise((end, reject) => {
          const breakDown = (): void => {
            reject(new Error('broken'));
          };
          requests.push({ url, end, breakDown });
        }),
      onChange: () => changes++,
      log: {
        info: (message) => logged.push(message),
        warn: (message) => logged.push(message),
        error: (message) => logged.push(message),
      },
    });
  });

  const request = (index: number): Request => requests[index] ?? assert.fail(`no request ${index}`);
  const readAt = (id = 'dev'): number | undefined => {
    const reading = reads.readings.get(id);
    return reading?.kind === 'read' ? reading.at : undefined;
  };
  const checked = (): readonly string[] => [...reads.checking];
  const readOnce = async (reading: EnvironmentReading | undefined): Promise<void> => {
    const asked = reads.read('dev');
    request(requests.length - 1).end(reading);
    await asked;
  };

  it('serve everybody who asks meanwhile with one', async () => {
    const asked = [reads.read('dev'), reads.read('dev'), reads.read('test')];
    assert.deepEqual([requests.length, checked()], [2, ['dev', 'test']]);
    request(0).end(good(1));
    await asked[1];
    assert.deepEqual([readAt(), checked()], [1, ['test']]);
    request(1).end(good(2));
    await Promise.all(asked);
    assert.deepEqual([readAt('test'), checked()], [2, []]);
  });

  it('wait, where one under way is not good enough, for one that begins after it, together', async () => {
    void reads.read('dev');
    const forced = [reads.read('dev', { force: true }), reads.read('dev', { force: true })];
    assert.equal(requests.length, 1);
    request(0).end(good(1));
    await turnOfTheLoop();
    assert.equal(requests.length, 2);
    request(1).end(good(2));
    await Promise.all(forced);
    assert.deepEqual([readAt(), requests.length], [2, 2]);
  });

  it('begin again for who waited, whatever became of the one before', async () => {
    const broken = reads.read('dev');
    const forced = reads.read('dev', { force: true });
    request(0).breakDown();
    await assert.rejects(broken, /broken/);
    request(1).end(good(2));
    await forced;
    assert.deepEqual([readAt(), checked()], [2, []]);
  });

  it('bring nothing once they were dropped, and keep nobody waiting', async () => {
    void reads.read('dev');
    const forced = reads.read('dev', { force: true });
    reads.forget('dev');
    assert.deepEqual(checked(), []);
    await turnOfTheLoop();
    assert.equal(requests.length, 2, 'who waits for an end of the dropped one waits in vain');
    const later = reads.read('dev');
    request(1).end(good(2));
    await Promise.all([forced, later]);
    request(0).end(good(1));
    await turnOfTheLoop();
    assert.deepEqual([readAt(), requests.length, checked()], [2, 2, []]);
  });

  it('do not end one that began after they were dropped', async () => {
    void reads.read('dev');
    reads.forget('dev');
    void reads.read('dev');
    request(0).end(failed);
    await turnOfTheLoop();
    assert.deepEqual([reads.readings.size, checked()], [0, ['dev']]);
  });

  it('ask the environment as it is named by then', async () => {
    void reads.read('dev');
    const forced = reads.read('dev', { force: true });
    environments = [anEnvironment('dev', { url: 'http://localhost/other' })];
    reads.forget('dev');
    await turnOfTheLoop();
    assert.equal(request(1).url, 'http://localhost/other');
    request(1).end(good(1));
    await forced;
    environments = [];
    await reads.read('dev');
    assert.equal(requests.length, 2, 'what is not named is not asked');
  });

  it('show the last answer beside a failure, also one that was forgotten, and none of another URL', async () => {
    const last = (): number | undefined => {
      const reading = reads.readings.get('dev');
      return reading?.kind === 'failed' ? reading.last?.at : assert.fail('no failure');
    };
    await readOnce(good(1));
    reads.forget('dev');
    assert.equal(reads.readings.size, 0);
    await readOnce(failed);
    assert.equal(last(), 1);
    await readOnce(undefined);
    assert.equal(last(), 1, 'a cancelled read says nothing');
    environments = [anEnvironment('dev', { url: 'http://localhost/other' })];
    await readOnce(failed);
    assert.equal(last(), undefined);
  });

  it('say when something changes, and log it when it is news', async () => {
    for (const reading of [good(0), good(1), failed, failed, good(2)]) {
      await readOnce(reading);
    }
    assert.deepEqual(logged, [
      'dev (http://localhost/dev) answers, with 0 flows',
      'dev (http://localhost/dev) cannot be read: network: no route',
      'dev (http://localhost/dev) answers, with 0 flows',
    ]);
    assert.equal(changes, 10);
    reads.forget('dev');
    assert.equal(changes, 11);
  });

  it('log health that is missing beside the list, why, and that it is back: each once', async () => {
    const sick = (healthFailure: UnreachableReason, healthDetail?: string): FreshReading => ({
      ...good(0),
      healthFailure,
      ...(healthDetail === undefined ? {} : { healthDetail }),
    });
    const boom = sick('server-error', 'boom');
    for (const reading of [good(0), boom, boom, sick('timeout'), good(1), good(2), failed, failed, boom, boom]) {
      await readOnce(reading);
    }
    assert.deepEqual(logged, [
      'dev (http://localhost/dev) answers, with 0 flows',
      'dev (http://localhost/dev) does not tell its health: server-error: boom',
      'dev (http://localhost/dev) does not tell its health: timeout',
      'dev (http://localhost/dev) tells its health again',
      'dev (http://localhost/dev) cannot be read: network: no route',
      'dev (http://localhost/dev) answers, with 0 flows',
      'dev (http://localhost/dev) does not tell its health: server-error: boom',
    ]);
  });

  it('end with the folder: what they bring is no news, and nobody who waits begins another', async () => {
    await readOnce(good(1));
    const told = [...logged];
    const current = reads.read('dev');
    const forced = reads.read('dev', { force: true });
    reads.dispose();
    // An operation that reads back must not take what was there before its write for the answer.
    assert.deepEqual([reads.readings.size, checked()], [0, []]);
    const before = changes;
    request(1).end(failed);
    await Promise.all([current, forced, reads.read('test')]);
    assert.deepEqual([requests.length, logged, reads.readings.size, checked()], [2, told, 0, []]);
    assert.equal(changes, before);
  });
});
