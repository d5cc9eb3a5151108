import { recogniseHash, type HashVariant } from '../promotion/contentHash';
import type { EnvironmentReading } from '../promotion/types';
import type { DeployedFlow } from '../ports';
import type { FlowContent } from './flowContent';
import { isOnItsWay, uncertainWrites, type CellMemory } from './deploymentMemory';
import type { OperationRecord } from './records';
import type { FailureReason, Missed, UncertainReason, WriteAnswer } from './types';

export type WriteVerdict =
  | { readonly outcome: 'succeeded'; readonly hashAfter?: string; readonly variant?: HashVariant }
  | { readonly outcome: 'failed'; readonly reason: FailureReason }
  | { readonly outcome: 'unknown'; readonly reason: UncertainReason };

export interface DeployEvidence {
  readonly flowId: string;
  /** What was sent. */
  readonly content: Pick<FlowContent, 'digests' | 'parameterDigest' | 'runsNothing'>;
  readonly answer: WriteAnswer;
  /** What the runtime listed right before the write. */
  readonly before: DeployedFlow | undefined;
  /** What the log says of the time before this write. */
  readonly memory: CellMemory;
  /** When this operation began, in milliseconds since 1970. */
  readonly at: number;
  readonly preferredVariant: HashVariant | undefined;
  /** The read after the write. */
  readonly after: EnvironmentReading;
}

/** Whether a deploy happened: only the read after it can say so, not the answer to the PUT. */
export function judgeDeploy(evidence: DeployEvidence): WriteVerdict {
  const { after } = evidence;
  if (after.kind !== 'read') {
    return cannotRead(after);
  }
  const deployed = after.flows.get(evidence.flowId);
  if (!deployed) {
    return missed(evidence.answer, 'not-listed');
  }
  if (deployed.routeCount === 0 && !evidence.content.runsNothing) {
    return missed(evidence.answer, 'no-routes');
  }
  return deployed.hash === undefined
    ? { outcome: 'unknown', reason: { kind: 'no-hash' } }
    : judgeHash(evidence, deployed.hash, deployed);
}

function judgeHash(evidence: DeployEvidence, hash: string, deployed: DeployedFlow): WriteVerdict {
  const { content, answer } = evidence;
  const recognised = recogniseHash(hash);
  const variant = recognised && content.digests.matching(recognised, evidence.preferredVariant);
  const isMoved = evidence.before?.hash !== hash;
  if (variant) {
    return (isMoved && !mayBeAnEarlierWrite(evidence)) || areParametersThere(evidence, deployed)
      ? { outcome: 'succeeded', hashAfter: hash, variant }
      : notComparable;
  }
  if (answer.kind === 'lost') {
    if (isMoved) {
      return notComparable;
    }
    if (mayStillArrive(answer)) {
      return missed(answer, 'old-version-runs');
    }
  }
  return judgeByRecord(evidence, deployed, hash, isMoved);
}

/** Where the answer was lost, what moved may be an earlier write of the same YAML that came late. */
function mayBeAnEarlierWrite(evidence: DeployEvidence): boolean {
  return evidence.answer.kind === 'lost' && isUncertain(evidence);
}

/** Whether an earlier write of the same YAML may be what is there. */
function isUncertain({ memory, content }: DeployEvidence): boolean {
  const isOfThisText = ({ action, yamlSha256 }: OperationRecord): boolean =>
    action !== 'undeploy' && yamlSha256 === content.digests.sha256;
  return uncertainWrites(memory).some(isOfThisText);
}

/** Whether the bytes that hashes are made of are those of the last deploy: values belong to them where they are put in. */
function isSameText({ content, memory: { last }, preferredVariant }: DeployEvidence): boolean {
  const hasSameValues =
    !content.digests.coversValues(preferredVariant) || last?.parameterDigest === content.parameterDigest;
  return last?.yamlSha256 === content.digests.sha256 && hasSameValues;
}

/**
 * The YAML was the same before, so its hash says nothing about a write that only changes parameters. The time of the
 * runtime's copy does, where there is one; without it the runtime's word counts, and no word is no confirmation: what moved
 * the time then may be a write that came late. Nor is a record one that is older than a write of unknown outcome.
 */
function areParametersThere(evidence: DeployEvidence, deployed: DeployedFlow): boolean {
  const { content, answer, memory } = evidence;
  const { last } = memory;
  const isSameAsBefore = last?.hashAfter === deployed.hash && last?.parameterDigest === content.parameterDigest;
  if (isSameAsBefore && uncertainWrites(memory).length === 0 && !mayStillArrive(answer)) {
    return true;
  }
  if (answer.kind === 'lost') {
    return false;
  }
  return isReplaced(evidence, deployed) ?? true;
}

/** Whether the runtime's copy is another one than before the write, where its time tells. */
function isReplaced({ before }: DeployEvidence, { lastModified }: DeployedFlow): boolean | undefined {
  const isTimed = before?.lastModified !== undefined && lastModified !== undefined;
  return isTimed ? before.lastModified !== lastModified : undefined;
}

const notComparable: WriteVerdict = { outcome: 'unknown', reason: { kind: 'not-comparable' } };

/**
 * The runtime's hash is of bytes that we do not know. It is ours when it moved with our write, or when it is the one we got
 * for this content before.
 */
function judgeByRecord(evidence: DeployEvidence, deployed: DeployedFlow, hash: string, isMoved: boolean): WriteVerdict {
  const { last } = evidence.memory;
  const confirmed: WriteVerdict = { outcome: 'succeeded', hashAfter: hash };
  if (isMoved && isNamed(evidence, hash) && !mayBeAnotherWindows(evidence)) {
    return confirmed;
  }
  if (isSameText(evidence) && last?.hashAfter === hash) {
    return areParametersThere(evidence, deployed) ? confirmed : notComparable;
  }
  // An earlier write of this YAML may have come late: then its hash is there again once this one has come.
  if (!isMoved && isUncertain(evidence)) {
    const isReplacedByUs =
      isReplaced(evidence, deployed) === true && evidence.answer.kind !== 'lost' && !mayBeAnotherWindows(evidence);
    return isReplacedByUs ? confirmed : notComparable;
  }
  return isMoved || (evidence.preferredVariant === undefined && last === undefined)
    ? notComparable
    : { outcome: 'failed', reason: { kind: 'old-version-runs' } };
}

/** Unless the answer named another hash, or hashes here used to be of bytes that we do know. */
function isNamed({ answer, preferredVariant }: DeployEvidence, hash: string): boolean {
  const answered = answer.kind === 'put' ? answer.answer.hash : undefined;
  return answered === hash || (answered === undefined && preferredVariant === undefined);
}

/** Whether another window's write was on its way at the same time. */
function mayBeAnotherWindows({ memory, at }: DeployEvidence): boolean {
  return uncertainWrites(memory).some((write) => isOnItsWay(write, at));
}

/** Whether an undeploy happened. */
export function judgeUndeploy(flowId: string, answer: WriteAnswer, after: EnvironmentReading): WriteVerdict {
  if (after.kind !== 'read') {
    return cannotRead(after);
  }
  return after.flows.has(flowId) ? missed(answer, 'still-listed') : { outcome: 'succeeded' };
}

/** The read does not show the write: that is certain only once the runtime is done with it. */
function missed(answer: WriteAnswer, found: Missed): WriteVerdict {
  return mayStillArrive(answer)
    ? { outcome: 'unknown', reason: { kind: 'may-still-arrive', found } }
    : { outcome: 'failed', reason: { kind: found } };
}

/** Whoever is asked in between, or nobody, has answered: the runtime may still be at work. */
function mayStillArrive(answer: WriteAnswer): boolean {
  if (answer.kind !== 'lost') {
    return false;
  }
  const { failure } = answer;
  return failure.kind !== 'runtime' || failure.status === undefined || failure.isFromGateway === true;
}

function cannotRead(after: Exclude<EnvironmentReading, { kind: 'read' }>): WriteVerdict {
  const error = after.kind === 'failed' ? after.reason : 'not read';
  return { outcome: 'unknown', reason: { kind: 'cannot-read', error } };
}
