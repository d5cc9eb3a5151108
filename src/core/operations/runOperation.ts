import { errorName } from '../errorName';
import { patience, RuntimeError, type DeployedFlow, type RuntimeClient } from '../ports';
import { cellState } from '../promotion/cellState';
import { gate, type Operation, type Situation } from '../promotion/gate';
import type { Environment } from '../registry/types';
import type { FlowContent } from './flowContent';
import { judgeDeploy, judgeUndeploy, type WriteVerdict } from './judgeWrite';
import { lockPlace, type OperationLock } from './operationLock';
import { planOperation } from './planOperation';
import type { Sending } from './prepareSending';
import type { EndedRecord, Outcome, StartedRecord } from './records';
import type {
  FailureReason,
  InternalFailure,
  OperationPorts,
  OperationResult,
  RuntimeFailure,
  WriteAnswer,
} from './types';

/**
 * Runs one operation on one flow: check → confirm → send → verify by reading → record (PROMOTION-MODEL: operations).
 * Never rejects, whatever a runtime, a file or a person does, or a port against its word; the result says what happened.
 *
 * `signal` cancels honestly: until the request is sent nothing happened; after that the outcome is read.
 */
export async function runOperation(
  operation: Operation,
  lock: OperationLock,
  ports: OperationPorts,
  signal: AbortSignal,
): Promise<OperationResult> {
  const target = targetOf(operation, ports.situation());
  if (!target) {
    return refusal(operation, ports.situation());
  }
  const { flowId } = ports.situation();
  const release = lock.acquire(lockPlace(ports.folder, target.id, flowId), operation.kind);
  if (!release) {
    return refusal(operation, ports.situation());
  }
  try {
    return await new Run(operation, target, flowId, ports, signal).perform();
  } catch (error) {
    // Before anything was written into the log: from then on the run itself takes care.
    return { outcome: 'failed', target, reason: internalFailure(error) };
  } finally {
    release();
  }
}

function targetOf(operation: Operation, situation: Situation): Environment | undefined {
  if (operation.kind !== 'promote') {
    return situation.environment(operation.environment);
  }
  const next = situation.environment(operation.from)?.promotesTo;
  return next === undefined ? undefined : situation.environment(next);
}

function refusal(operation: Operation, situation: Situation): OperationResult {
  const verdict = gate(operation, situation);
  // Allowed and yet not startable: the lock is held by an operation that the situation did not show yet.
  return verdict.isAllowed
    ? { outcome: 'refused', reason: { kind: 'busy', environment: verdict.target.id, action: operation.kind } }
    : { outcome: 'refused', reason: verdict.reason };
}

type ReadySending = Extract<Sending, { kind: 'ready' }>;

/** A request that has gone out, and what came of it. */
interface Sent {
  /** Undefined for an undeploy. */
  readonly sending: ReadySending | undefined;
  readonly answer: WriteAnswer;
}

/** How long a request without any answer may be on its way. */
function unansweredForMs({ timeoutMs }: Environment): number {
  return (patience.connection + patience.silence) * timeoutMs;
}

function internalFailure(error: unknown): InternalFailure {
  return { kind: 'internal', detail: errorName(error) };
}

/** One operation under way, holding its lock. */
class Run {
  private readonly startedAt: number;

  constructor(
    private readonly operation: Operation,
    private readonly target: Environment,
    private readonly flowId: string,
    private readonly ports: OperationPorts,
    private readonly signal: AbortSignal,
  ) {
    this.startedAt = ports.clock.now();
  }

  async perform(): Promise<OperationResult> {
    this.ports.onStep('checking');
    const checked = await this.check();
    if ('outcome' in checked) {
      return checked;
    }
    const unconfirmed = await this.confirm(checked.content);
    if (unconfirmed) {
      return unconfirmed;
    }
    return this.signal.aborted ? { outcome: 'cancelled' } : this.write(checked.content);
  }

  /** Reads environments and content afresh and asks the gate. A result means that the operation ends here. */
  private async check(): Promise<{ content: FlowContent | undefined } | OperationResult> {
    const places = this.operation.kind === 'promote' ? [this.operation.from, this.target.id] : [this.target.id];
    const [content] = await Promise.all([
      this.operation.kind === 'undeploy' ? undefined : this.ports.content(this.target),
      ...places.map((place) => this.ports.read(place, this.signal)),
    ]);
    if (this.signal.aborted) {
      return { outcome: 'cancelled' };
    }
    const verdict = gate(this.operation, this.situation());
    if (!verdict.isAllowed) {
      return { outcome: 'refused', reason: verdict.reason };
    }
    if (!this.isStillTheTarget()) {
      return this.failed({ kind: 'changed-meanwhile' });
    }
    const problems = content?.problems ?? [];
    return problems.length > 0 ? this.failed({ kind: 'parameters', problems }) : { content };
  }

  /** Someone may rewire pipebase.yaml while we read: then what was asked for is no longer what would happen. */
  private isStillTheTarget(): boolean {
    const now = targetOf(this.operation, this.ports.situation());
    return now?.id === this.target.id && now.url === this.target.url && now.isProtected === this.target.isProtected;
  }

  /** The situation without our own lock, which would look like somebody else's operation. */
  private situation(): Situation {
    const situation = this.ports.situation();
    return {
      isTrusted: situation.isTrusted,
      flowId: situation.flowId,
      flow: situation.flow,
      environment: (id) => situation.environment(id),
      cell: (id) => situation.cell(id),
      running: (id) => (id === this.target.id ? undefined : situation.running(id)),
    };
  }

  /** Asks where the plan says so. A question takes time: afterwards everything is checked again. */
  private async confirm(content: FlowContent | undefined): Promise<OperationResult | undefined> {
    const plan = planOperation(this.operation, this.target, this.ports.situation(), content);
    if (!plan.needsConfirmation) {
      return undefined;
    }
    const asked = this.deployed()?.hash;
    this.ports.onStep('confirming');
    if (!(await this.ports.confirm(plan))) {
      return { outcome: 'cancelled' };
    }
    const checked = await this.check();
    if ('outcome' in checked) {
      return checked;
    }
    const now = checked.content;
    const isSame = now?.digests.sha256 === content?.digests.sha256 && now?.parameterDigest === content?.parameterDigest;
    // Somebody else may have deployed while the question was open: that was not what the answer was about.
    return isSame && this.deployed()?.hash === asked ? undefined : this.failed({ kind: 'changed-meanwhile' });
  }

  private async write(content: FlowContent | undefined): Promise<OperationResult> {
    const before = this.deployed();
    const started = this.startedRecord(content, before?.hash);
    try {
      if (content) {
        await this.ports.records.keepContent(content.digests.sha256, content.yaml);
      }
      await this.ports.records.append(started);
    } catch (error) {
      return this.failed({ kind: 'log-not-written', detail: String(error) });
    }
    const sent = await this.resolveAndSend(content);
    if ('outcome' in sent) {
      await this.end(started, sent.outcome, {});
      return sent;
    }
    return this.verify(started, sent, before);
  }

  /** A result means that nothing was written there, and that the operation ends here. */
  private async resolveAndSend(content: FlowContent | undefined): Promise<Sent | OperationResult> {
    try {
      this.ports.onStep('sending');
      const sending = content && (await this.resolve(content));
      if (sending && 'outcome' in sending) {
        return sending;
      }
      const answer = await this.send(sending, this.ports.client(this.target));
      return 'outcome' in answer ? answer : { sending, answer };
    } catch (error) {
      // The keychain is locked, say: whatever goes wrong once the request is under way is an answer.
      return this.failed(internalFailure(error));
    }
  }

  /** Reads secrets and variables, now that they are sent. What they make must be what was checked and confirmed. */
  private async resolve(content: FlowContent): Promise<ReadySending | OperationResult> {
    const sending = await this.ports.sending(this.target);
    if (this.signal.aborted) {
      return { outcome: 'cancelled' };
    }
    if (sending?.kind === 'unresolved') {
      return this.failed({ kind: 'parameters', problems: sending.problems });
    }
    const isSame =
      sending?.digests.sha256 === content.digests.sha256 && sending.parameterDigest === content.parameterDigest;
    return sending && isSame ? sending : this.failed({ kind: 'changed-meanwhile' });
  }

  private async send(sending: ReadySending | undefined, client: RuntimeClient): Promise<WriteAnswer | OperationResult> {
    try {
      if (this.operation.kind === 'undeploy') {
        await client.deleteFlow(this.flowId, this.signal);
        return { kind: 'deleted' };
      }
      return sending
        ? { kind: 'put', answer: await client.putFlow(this.flowId, sending.body, this.signal) }
        : this.failed({ kind: 'changed-meanwhile' });
    } catch (error) {
      return this.unanswered(error);
    }
  }

  private unanswered(error: unknown): WriteAnswer | OperationResult {
    if (!(error instanceof RuntimeError)) {
      return { kind: 'lost', failure: internalFailure(error) };
    }
    const status = error.status === undefined ? {} : { status: error.status };
    const detail = error.detail === undefined ? {} : { detail: error.detail };
    const gateway = error.isFromGateway ? { isFromGateway: true } : {};
    const failure: RuntimeFailure = { kind: 'runtime', error: error.kind, ...status, ...gateway, ...detail };
    if (error.isOutcomeUnknown || error.kind === 'server-error') {
      return { kind: 'lost', failure };
    }
    return error.kind === 'cancelled' ? { outcome: 'cancelled' } : this.failed(failure);
  }

  /** After the request was sent only a read can tell; it is not cancelled with the operation. */
  private async verify(started: StartedRecord, sent: Sent, before: DeployedFlow | undefined): Promise<OperationResult> {
    const verdict = await this.readBack(started, sent, before).catch((error: unknown): WriteVerdict => ({
      outcome: 'unknown',
      reason: { kind: 'cannot-read', error: errorName(error) },
    }));
    // A runtime that accepted it may come to it yet: the log must not forget a write that may be there later.
    const isOver = verdict.outcome !== 'failed' || sent.answer.kind === 'lost';
    await this.end(started, isOver ? verdict.outcome : 'unknown', verdict.outcome === 'succeeded' ? verdict : {});
    switch (verdict.outcome) {
      case 'succeeded':
        return this.mayBeAnothers(sent.sending)
          ? { outcome: 'unknown', target: this.target, reason: { kind: 'other-write' } }
          : { outcome: 'succeeded', target: this.target, durationMs: this.elapsed() };
      case 'failed':
        return this.failed(sent.answer.kind === 'lost' ? sent.answer.failure : verdict.reason);
      case 'unknown':
        return { outcome: 'unknown', target: this.target, reason: verdict.reason };
    }
  }

  /**
   * The lock is this window's: the log tells of another that sent this text at the same time, with parameters that may be
   * there instead of ours.
   */
  private mayBeAnothers(content: ReadySending | undefined): boolean {
    const { flowId, target, ports } = this;
    if (!content) return false;
    const [reading, memory] = [ports.reading(target.id), ports.memory(target)];
    const cell = cellState({ flowId, reading, content, memory, scheme: ports.preferredVariant(target) });
    return cell.state === 'unknown' && cell.reason === 'write-outcome';
  }

  private async readBack(
    started: StartedRecord,
    { sending, answer }: Sent,
    before: DeployedFlow | undefined,
  ): Promise<WriteVerdict> {
    this.ports.onStep('verifying');
    await this.ports.read(this.target.id);
    // The answer of another runtime, now under the same name, proves nothing.
    if (!this.isStillTheTarget()) {
      return { outcome: 'unknown', reason: { kind: 'target-changed' } };
    }
    const after = this.ports.reading(this.target.id);
    if (this.operation.kind === 'undeploy' || !sending) {
      return judgeUndeploy(this.flowId, answer, after);
    }
    const known = this.ports.memory(this.target);
    const memory = { ...known, pending: known.pending.filter(({ id }) => id !== started.id) };
    const preferredVariant = this.ports.preferredVariant(this.target);
    const { flowId, startedAt: at } = this;
    return judgeDeploy({ flowId, content: sending, answer, before, memory, at, preferredVariant, after });
  }

  private deployed(): DeployedFlow | undefined {
    const reading = this.ports.reading(this.target.id);
    return reading.kind === 'read' ? reading.flows.get(this.flowId) : undefined;
  }

  private startedRecord(content: FlowContent | undefined, hashBefore: string | undefined): StartedRecord {
    return {
      phase: 'started',
      id: this.ports.newId(),
      at: this.startedAt,
      givenUpAt: this.ports.clock.now() + unansweredForMs(this.target),
      action: this.operation.kind,
      folder: this.ports.folder,
      flow: this.flowId,
      environment: this.target.id,
      origin: this.target.origin,
      ...(content ? { yamlSha256: content.digests.sha256, parameterNames: content.parameterNames } : {}),
      ...(content?.parameterDigest === undefined ? {} : { parameterDigest: content.parameterDigest }),
      ...(hashBefore === undefined ? {} : { hashBefore }),
    };
  }

  /** The write has happened or not; a log that cannot be written now must not hide which. */
  private async end(
    started: StartedRecord,
    outcome: Outcome | 'refused',
    found: Pick<EndedRecord, 'hashAfter' | 'variant'>,
  ): Promise<void> {
    const git = this.ports.gitState();
    const ended: EndedRecord = {
      ...started,
      ...git,
      phase: 'ended',
      outcome: outcome === 'refused' ? 'cancelled' : outcome,
      ...(found.hashAfter === undefined ? {} : { hashAfter: found.hashAfter }),
      ...(found.variant === undefined ? {} : { variant: found.variant }),
      durationMs: this.elapsed(),
    };
    await this.ports.records.append(ended).catch((error: unknown) => {
      this.ports.onUnrecorded(String(error));
    });
  }

  private elapsed(): number {
    return this.ports.clock.now() - this.startedAt;
  }

  private failed(reason: FailureReason): OperationResult {
    return { outcome: 'failed', target: this.target, reason };
  }
}
