import assert from 'node:assert/strict';
import type { OperationResult } from '../../../src/core/operations/types';
import type { RuntimeClient, RuntimeError } from '../../../src/core/ports';
import type { Operation } from '../../../src/core/promotion/gate';
import type { UnreachableReason } from '../../../src/core/promotion/types';
import { cellSentence } from '../../../src/vscode/sentences/cellSentence';
import { failureSentence, unknownSentence } from '../../../src/vscode/sentences/resultSentence';
import { readEnvironment } from '../../../src/vscode/state/readEnvironment';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { startFaultyRuntime, type FaultyOptions, type FaultyRuntime } from '../../support/faultyRuntime';
import { answer, resetAtOnce, startMisbehavingRuntime } from '../../support/misbehavingRuntime';
import { Cleanup, openClient } from '../../support/openClient';
import { PromotionWorld } from '../../support/promotionWorld';
import { authorityCertificate } from '../../support/testCertificates';
import { faultTable, lyingAnswers, type FaultRow } from './faultTable';

const cleanup = new Cleanup();
/** For what never answers. What it is asked has to arrive there before, on a machine that is busy, too. */
const hastyMs = 200;
const tls = { ca: [authorityCertificate] };
const deployed = { hash: 'f'.repeat(64), lastModified: 1 };

/** A runtime that goes wrong in one call, a client that is patient with it, and one that is as the row says. */
async function open(options: FaultyOptions, isHanging = false) {
  const runtime = cleanup.add(await startFaultyRuntime(options));
  const patient = cleanup.add(openClient(runtime.url, { tls }));
  const hasty = isHanging ? cleanup.add(openClient(runtime.url, { tls, timeoutMs: hastyMs })) : patient;
  return { runtime, patient, hasty };
}

/** Runs an operation on the flow `orders` of a world whose environment `dev` is the runtime. */
function operate(
  kind: 'deploy' | 'undeploy',
  read: RuntimeClient,
  write: RuntimeClient,
  beforeWrite: () => Promise<void> = () => Promise.resolve(),
): Promise<OperationResult> {
  const world = new PromotionWorld();
  const operation: Operation = { kind, environment: 'dev' };
  return world.perform(operation, {
    read: async (id) => {
      const reading = await readEnvironment(read, () => 0);
      if (reading) world.readings.set(id, reading);
    },
    client: () => ({
      ...write,
      putFlow: (...call) => beforeWrite().then(() => write.putFlow(...call)),
      deleteFlow: (...call) => beforeWrite().then(() => write.deleteFlow(...call)),
    }),
  });
}

const count = ({ calls }: FaultyRuntime, name: string) => calls.filter((call) => call === name).length;

function sentenceOf(kind: 'deploy' | 'undeploy', result: OperationResult): string {
  switch (result.outcome) {
    case 'failed':
      return failureSentence(kind, 'orders', 'dev', result.reason);
    case 'unknown':
      return unknownSentence(kind, 'orders', 'dev', result.reason);
    default:
      return result.outcome;
  }
}

function sentenceOfError({ kind, detail }: RuntimeError): string {
  const reason = kind as UnreachableReason;
  return cellSentence({ state: 'unreachable', reason, ...(detail === undefined ? {} : { detail }) });
}

describe('a runtime that goes wrong', () => {
  afterEach(() => cleanup.run());

  for (const [fault, row] of Object.entries(faultTable)) {
    const { answer: faulty, isEarly, connections, isHanging } = row;
    const how = {
      ...(faulty ? { answer: faulty } : {}),
      ...(isEarly ? { isEarly } : {}),
      ...(connections ? { connections } : {}),
    };

    it(`${fault}: reading the list says so`, async () => {
      const { runtime, hasty } = await open({ call: 'list', ...how }, isHanging);
      await runtime.break();
      const error = await catchRuntimeError(hasty.listFlows());
      assert.equal(error.kind, row.read, error.message);
      assert.equal(error.call, `GET ${runtime.url}/_api/flows`);
      assert.equal(error.isOutcomeUnknown, false);
      assert.match(sentenceOfError(error), row.sentence);
      assert.equal(count(runtime, 'list'), row.requests);
    });

    it(`${fault}: reading its health says so, and takes nothing from the list`, async () => {
      const { runtime, hasty, patient } = await open({ call: 'health', ...how }, isHanging);
      runtime.flows.set('orders', deployed);
      if (!connections) {
        const reading = await readEnvironment({ ...patient, health: (signal) => hasty.health(signal) }, () => 0);
        assert.deepEqual([reading?.kind, reading?.kind === 'read' && reading.flows.has('orders')], ['read', true]);
        assert.ok(reading?.kind === 'read' && reading.health === undefined);
        assert.equal(count(runtime, 'list'), 1);
      }
      await runtime.break();
      const before = count(runtime, 'health');
      const error = await catchRuntimeError(hasty.health());
      assert.equal(error.kind, row.read, error.message);
      assert.match(sentenceOfError(error), row.sentence);
      assert.equal(count(runtime, 'health') - before, row.requests);
    });

    for (const kind of ['deploy', 'undeploy'] as const) {
      const knowledge = kind === 'undeploy' ? (row.delete ?? row.write) : row.write;
      const isLooked = knowledge === 'accepted' || knowledge === 'unclear';
      for (const isDone of isLooked && !isEarly ? [true, false] : [false]) {
        it(`${fault}: a ${kind} that ${isDone ? 'happened' : 'did not happen'} is told as such`, async () => {
          await tryWrite(kind, row, how, isDone, isLooked);
        });
      }
    }
  }

  async function tryWrite(
    kind: 'deploy' | 'undeploy',
    row: FaultRow,
    how: Omit<FaultyOptions, 'call'>,
    isDone: boolean,
    isLooked: boolean,
  ): Promise<void> {
    const call = kind === 'deploy' ? 'put' : 'delete';
    const { answer: faulty } = how;
    const doing: FaultyOptions['answer'] = (request, response, world) => {
      if (isDone) world.perform();
      faulty?.(request, response, world);
    };
    const { runtime, patient, hasty } = await open(
      { call, ...how, ...(faulty ? { answer: doing } : {}) },
      row.isHanging,
    );
    if (kind === 'undeploy') runtime.flows.set('orders', deployed);
    const result = await operate(kind, patient, hasty, () => runtime.break());
    assert.equal(result.outcome, isDone ? 'succeeded' : 'failed', sentenceOf(kind, result));
    // never repeated, and followed by exactly one read where there is something to find out
    assert.equal(count(runtime, call), row.connections ? 0 : 1);
    assert.equal(count(runtime, 'list'), isLooked ? 2 : 1);
    const done = kind === 'deploy' ? runtime.flows.has('orders') : !runtime.flows.has('orders');
    assert.equal(done, isDone);
    if (!isDone)
      assert.match(sentenceOf(kind, result), /^orders was not (deployed to|undeployed from) dev: [^•]+[.!…]$/);
  }

  it('answers 200 without doing it: neither a deploy nor an undeploy is believed', async () => {
    for (const [kind, call, words] of [
      ['deploy', 'put', /accepted it but does not list it/],
      ['undeploy', 'delete', /still lists it/],
    ] as const) {
      const { runtime, patient } = await open({
        call,
        answer: (_request, response) => void response.end('{"hash":"00","routeCount":1}'),
      });
      if (kind === 'undeploy') runtime.flows.set('orders', deployed);
      assert.match(sentenceOf(kind, await operate(kind, patient, patient)), words);
      assert.equal(count(runtime, 'list'), 2);
    }
  });

  it('does it, resets, and cannot be read any more: the outcome is not known, and that is what is said', async () => {
    const { runtime, patient } = await open({
      call: 'put',
      answer: ({ socket }, _response, { perform }) => {
        perform();
        socket.resetAndDestroy();
        void runtime.close();
      },
    });
    const result = await operate('deploy', patient, patient);
    assert.equal(result.outcome, 'unknown');
    assert.match(sentenceOf('deploy', result), /it is not known whether it happened.*Refresh/);
  });

  for (const [lie, outcome] of [
    ['a clock far off', 'succeeded'],
    ['a hash that changes on every read', 'unknown'],
    ['another flow’s id in the list', 'failed'],
  ] as const) {
    it(`has ${lie}: a deploy ends as ${outcome}, after exactly one look`, async () => {
      const lying = lyingAnswers[lie];
      assert.ok(lying);
      const { runtime, patient } = await open({ call: 'list', answer: lying });
      const result = await operate('deploy', patient, patient);
      assert.equal(result.outcome, outcome, sentenceOf('deploy', result));
      assert.deepEqual([count(runtime, 'put'), count(runtime, 'list')], [1, 2]);
    });
  }
});

describe('a read that is repeated', () => {
  afterEach(() => cleanup.run());

  it('succeeds when its second repetition does', async () => {
    const misbehaviours = [resetAtOnce, answer(502), answer(200, [{ id: 'orders' }])];
    const runtime = cleanup.add(await startMisbehavingRuntime(...misbehaviours));
    assert.deepEqual(await cleanup.add(openClient(runtime.url)).listFlows(), [{ id: 'orders' }]);
    assert.equal(runtime.calls.length, 3);
  });

  for (const [form, headers, isWaited] of [
    ['in seconds', { 'retry-after': '0.05' }, true],
    ['as a date by the runtime’s own clock', dates(0), true],
    ['as a date later than it has patience for', dates(60), false],
    ['that is none', { 'retry-after': 'soon' }, false],
  ] as const) {
    it(`waits for a Retry-After ${form}: ${String(isWaited)}`, async () => {
      const runtime = cleanup.add(await startMisbehavingRuntime(answer(429, 'slowly', headers), answer(200, [])));
      const call = cleanup.add(openClient(runtime.url)).listFlows();
      if (isWaited) assert.deepEqual(await call, []);
      else assert.equal((await catchRuntimeError(call)).kind, 'rate-limited');
    });
  }

  it('waits in all no longer than its time-out', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(429, 'slowly', { 'retry-after': '0.6' })));
    const client = cleanup.add(openClient(runtime.url, { timeoutMs: 1000 }));
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'rate-limited');
    assert.equal(runtime.calls.length, 2);
  });
});

/** A clock that is years off. */
function dates(seconds: number): Record<string, string> {
  const text = (at: number) => new Date(at).toUTCString();
  const now = Date.UTC(1999, 0, 1);
  return { date: text(now), 'retry-after': text(now + seconds * 1000) };
}
