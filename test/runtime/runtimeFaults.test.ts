import assert from 'node:assert/strict';
import type { OperationResult } from '../../src/core/operations/types';
import type { RuntimeClient, RuntimeError } from '../../src/core/ports';
import type { Operation } from '../../src/core/promotion/gate';
import type { UnreachableReason } from '../../src/core/promotion/types';
import { cellSentence } from '../../src/vscode/sentences/cellSentence';
import { gateSentence } from '../../src/vscode/sentences/gateSentence';
import { failureSentence, unknownSentence } from '../../src/vscode/sentences/resultSentence';
import { readEnvironment } from '../../src/vscode/state/readEnvironment';
import { catchRuntimeError } from '../support/catchRuntimeError';
import {
  startFaultyRuntime,
  type CallName,
  type FaultyAnswer,
  type FaultyOptions,
  type FaultyRuntime,
} from '../support/faultyRuntime';
import { answer, resetAtOnce, startMisbehavingRuntime } from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';
import { PromotionWorld } from '../support/promotionWorld';
import { authorityCertificate } from '../support/testCertificates';
import { faultTable, type Ending, type FaultRow } from './faultTable';

const cleanup = new Cleanup();
/** For what never answers. What it is asked has to arrive there before, on a machine that is busy, too. */
const hastyMs = 200;
const tls = { ca: [authorityCertificate] };
const deployed = { hash: 'f'.repeat(64), lastModified: 1 };

/** A runtime that goes wrong, a client that is patient with it, one that is as the row says, and what is asked again. */
async function open(options: FaultyOptions, isHanging = false) {
  const runtime = cleanup.add(await startFaultyRuntime(options));
  const asked: string[] = [];
  const keep = (line: string) => void asked.push(line);
  const log = { info: keep, warn: keep, error: keep };
  const patient = cleanup.add(openClient(runtime.url, { tls, log }));
  const hasty = isHanging ? cleanup.add(openClient(runtime.url, { tls, log, timeoutMs: hastyMs })) : patient;
  return { runtime, patient, hasty, asked };
}

/** Runs an operation on the flow `orders` of a world whose environment `dev` is the runtime; keeps the write's error. */
async function operate(
  kind: 'deploy' | 'undeploy',
  read: RuntimeClient,
  write: RuntimeClient,
  beforeWrite: () => Promise<void> = () => Promise.resolve(),
): Promise<{ result: OperationResult; error: RuntimeError | undefined }> {
  const world = new PromotionWorld();
  const operation: Operation = { kind, environment: 'dev' };
  let error: RuntimeError | undefined;
  const send = async <T>(work: () => Promise<T>): Promise<T> => {
    await beforeWrite();
    return work().catch((thrown: unknown) => {
      error = thrown as RuntimeError;
      throw thrown;
    });
  };
  const result = await world.perform(operation, {
    read: async (id) => {
      const reading = await readEnvironment(read, () => 0);
      if (reading) world.readings.set(id, reading);
    },
    client: () => ({
      ...write,
      putFlow: (...call) => send(() => write.putFlow(...call)),
      deleteFlow: (...call) => send(() => write.deleteFlow(...call)),
    }),
  });
  return { result, error };
}

const count = ({ calls }: FaultyRuntime, name: string) => calls.filter((call) => call === name).length;

function sentenceOf(kind: 'deploy' | 'undeploy', result: OperationResult): string {
  switch (result.outcome) {
    case 'failed':
      return failureSentence(kind, 'orders', 'dev', result.reason);
    case 'unknown':
      return unknownSentence(kind, 'orders', 'dev', result.reason);
    case 'refused':
      return gateSentence(result.reason, 'orders', (id) => id);
    default:
      return result.outcome;
  }
}

function sentenceOfError({ kind, detail }: RuntimeError): string {
  const reason = kind as UnreachableReason;
  return cellSentence({ state: 'unreachable', reason, ...(detail === undefined ? {} : { detail }) });
}

/** For the title of a test: the table is read in the output, too. */
function told({ kind, requests, looks, sentences: [sentence = 'all is well'] }: Ending): string {
  const shown = sentence.length > 160 ? `${sentence.slice(0, 159)}…` : sentence;
  return `${kind}, ${requests} sent, ${looks} read after: ${shown}`;
}

function assertSaid(sentence: string, { sentences }: Ending, url: string): void {
  const expected = sentences.map((each) => each.replace('{url}', url));
  assert.ok(expected.includes(sentence), `${sentence} is none of ${expected.join(' | ')}`);
}

describe('a runtime that goes wrong', () => {
  afterEach(() => cleanup.run());

  for (const [fault, row] of Object.entries(faultTable)) {
    const { answer: faulty, isEarly = false, connections, isHanging = false, isLying = false } = row;
    const how = { isEarly, ...(faulty ? { answer: faulty } : {}), ...(connections ? { connections } : {}) };
    const whereFor = (call: CallName) => (isLying ? ('every' as const) : call);

    for (const call of ['health', 'list'] as const) {
      const ending = row[call];
      it(`${fault} × ${call} → ${told(ending)}`, async () => {
        const { runtime, hasty, asked } = await open({ call: whereFor(call), ...how }, isHanging);
        runtime.flows.set('orders', deployed);
        await runtime.break();
        const done = call === 'health' ? hasty.health() : hasty.listFlows();
        if (ending.kind === 'answered') {
          assert.ok(await done);
        } else {
          const error = await catchRuntimeError(done);
          assert.deepEqual([error.kind, error.isOutcomeUnknown], [ending.kind, false], error.message);
          assert.equal(error.call, `GET ${runtime.url}/_api/${call === 'health' ? 'health' : 'flows'}`);
          assertSaid(sentenceOfError(error), ending, runtime.url);
        }
        assert.equal(count(runtime, call), ending.requests);
        // where no request arrives, the log alone tells how often it was tried
        assert.equal(asked.length, Math.max(0, ending.requests - 1));
      });
    }

    const { kind } = row.health;
    if (!connections && kind !== 'answered') {
      it(`${fault} × health takes nothing from the list`, async () => {
        const { runtime, patient, hasty } = await open({ call: 'health', ...how }, isHanging);
        runtime.flows.set('orders', deployed);
        const reading = await readEnvironment({ ...patient, health: (signal) => hasty.health(signal) }, () => 0);
        assert.ok(reading?.kind === 'read' && reading.flows.has('orders'));
        assert.equal(reading.health, undefined);
        // where this machine is busy it is not waited for any longer
        assert.ok(reading.healthFailure === kind || reading.healthFailure === 'timeout', reading.healthFailure);
        assert.equal(count(runtime, 'list'), 1);
      });
    }

    for (const call of ['put', 'delete'] as const) {
      const ending = row[call];
      it(`${fault} × ${call} → ${told(ending)}`, async () => {
        await tryWrite(whereFor(call), call, row, how);
      });
      if (ending.looks > 0 && !isEarly && !isLying) {
        it(`${fault} × ${call} that happened → ${ending.kind}, ${ending.looks} read after: all is well`, async () => {
          const doing: FaultyAnswer = (request, response, world) => {
            world.perform();
            faulty?.(request, response, world);
          };
          const well = { ...row, [call]: { ...ending, sentences: [] } };
          await tryWrite(call, call, well, { ...how, answer: doing });
        });
      }
    }
  }

  async function tryWrite(
    where: FaultyOptions['call'],
    call: 'put' | 'delete',
    row: FaultRow,
    how: Omit<FaultyOptions, 'call'>,
  ): Promise<void> {
    const kind = call === 'put' ? 'deploy' : 'undeploy';
    const ending = row[call];
    const { runtime, patient, hasty } = await open({ call: where, ...how }, row.isHanging);
    if (call === 'delete') runtime.flows.set('orders', deployed);
    const { result, error } = await operate(kind, patient, hasty, () => runtime.break());
    const sent = count(runtime, call) > 0 ? 'answered' : 'not sent';
    assert.equal(error?.kind ?? sent, ending.kind, error?.message);
    assert.equal(error?.isOutcomeUnknown ?? false, ending.kind !== 'answered' && ending.looks > 0);
    // never repeated, and followed by a read where there is something to find out, and else by none
    assert.deepEqual([count(runtime, call), count(runtime, 'list')], [ending.requests, 1 + ending.looks]);
    if (ending.sentences.length > 0) assertSaid(sentenceOf(kind, result), ending, runtime.url);
    else assert.equal(result.outcome, 'succeeded', sentenceOf(kind, result));
    const isDone = call === 'put' ? runtime.flows.has('orders') : !runtime.flows.has('orders');
    if (!row.isLying) assert.equal(isDone, ending.sentences.length === 0);
  }

  it('does it, resets, and cannot be read any more: the outcome is not known, and that is what is said', async () => {
    const { runtime, patient } = await open({
      call: 'put',
      answer: ({ socket }, _response, { perform }) => {
        perform();
        socket.resetAndDestroy();
        void runtime.close();
      },
    });
    const { result } = await operate('deploy', patient, patient);
    assert.equal(result.outcome, 'unknown');
    assert.match(sentenceOf('deploy', result), /it is not known whether it happened.*Refresh/);
  });
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
