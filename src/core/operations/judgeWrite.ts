import { recogniseHash, type HashVariant } from '../promotion/contentHash';
import type { EnvironmentReading } from '../promotion/types';
import type { DeployedFlow } from '../ports';
import type { FlowContent } from './flowContent';
import type { EndedRecord } from './records';
import type { FailureReason, UncertainReason, WriteAnswer } from './types';

export type WriteVerdict =
  | { readonly outcome: 'succeeded'; readonly hashAfter?: string; readonly variant?: HashVariant }
  | { readonly outcome: 'failed'; readonly reason: FailureReason }
  | { readonly outcome: 'unknown'; readonly reason: UncertainReason };

export interface DeployEvidence {
  readonly flowId: string;
  /** What was sent. */
  readonly content: Pick<FlowContent, 'digests' | 'parameterDigest'>;
  readonly answer: WriteAnswer;
  /** What the runtime listed right before the write. */
  readonly before: DeployedFlow | undefined;
  readonly last: EndedRecord | undefined;
  /** Of another write since `last` nobody knows what it came to. */
  readonly isUnsettled: boolean;
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
    return { outcome: 'failed', reason: { kind: 'not-listed' } };
  }
  if (deployed.routeCount === 0) {
    return { outcome: 'failed', reason: { kind: 'no-routes' } };
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
    return isMoved || areParametersThere(evidence, deployed)
      ? { outcome: 'succeeded', hashAfter: hash, variant }
      : { outcome: 'unknown', reason: { kind: 'not-comparable' } };
  }
  if (answer.kind === 'lost' && isMoved) {
    return { outcome: 'unknown', reason: { kind: 'not-comparable' } };
  }
  return judgeByRecord(evidence, deployed, hash, isMoved);
}

/** Whether the bytes that hashes are made of are those of the last deploy: values belong to them where they are put in. */
function isSameText({ content, last, preferredVariant }: DeployEvidence): boolean {
  const coversValues = content.digests.isRenderedHere || preferredVariant === 'rendered';
  const hasSameValues = !coversValues || last?.parameterDigest === content.parameterDigest;
  return last?.yamlSha256 === content.digests.sha256 && hasSameValues;
}

/**
 * The YAML was the same before, so its hash says nothing about a write that only changes parameters. The time of the
 * runtime's copy does, where there is one; without it the runtime's word counts, and no word is no confirmation.
 */
function areParametersThere(evidence: DeployEvidence, deployed: DeployedFlow): boolean {
  const { content, answer, before, last } = evidence;
  const isSameAsLast = last?.hashAfter === deployed.hash && last?.parameterDigest === content.parameterDigest;
  if (isSameAsLast && !evidence.isUnsettled) {
    return true;
  }
  if (before?.lastModified !== undefined && deployed.lastModified !== undefined) {
    return before.lastModified !== deployed.lastModified;
  }
  return answer.kind === 'put';
}

/**
 * The runtime's hash is of bytes that we do not know. It is ours when it is the one we got for this content before, or
 * when it moved with our write: unless the answer named another, or hashes here used to be of bytes that we do know.
 */
function judgeByRecord(evidence: DeployEvidence, deployed: DeployedFlow, hash: string, isMoved: boolean): WriteVerdict {
  const { answer, last, preferredVariant } = evidence;
  const answered = answer.kind === 'put' ? answer.answer.hash : undefined;
  const isNamed = answered === hash || (answered === undefined && preferredVariant === undefined);
  if (isMoved && isNamed) {
    return { outcome: 'succeeded', hashAfter: hash };
  }
  if (isSameText(evidence) && last?.hashAfter === hash) {
    return areParametersThere(evidence, deployed)
      ? { outcome: 'succeeded', hashAfter: hash }
      : { outcome: 'unknown', reason: { kind: 'not-comparable' } };
  }
  return isMoved || (preferredVariant === undefined && last === undefined)
    ? { outcome: 'unknown', reason: { kind: 'not-comparable' } }
    : { outcome: 'failed', reason: { kind: 'old-version-runs' } };
}

/** Whether an undeploy happened. */
export function judgeUndeploy(flowId: string, after: EnvironmentReading): WriteVerdict {
  if (after.kind !== 'read') {
    return cannotRead(after);
  }
  return after.flows.has(flowId) ? { outcome: 'failed', reason: { kind: 'still-listed' } } : { outcome: 'succeeded' };
}

function cannotRead(after: Exclude<EnvironmentReading, { kind: 'read' }>): WriteVerdict {
  const error = after.kind === 'failed' ? after.reason : 'not read';
  return { outcome: 'unknown', reason: { kind: 'cannot-read', error } };
}
