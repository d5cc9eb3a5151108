import type { FlowContent } from '../operations/flowContent';
import { uncertainWrites, type CellMemory } from '../operations/deploymentMemory';
import type { EndedRecord, OperationRecord } from '../operations/records';
import type { DeployedFlow } from '../ports';
import { recogniseHash, type HashVariant } from './contentHash';
import type { CellState, EnvironmentReading } from './types';

export interface CellInputs {
  readonly flowId: string;
  readonly reading: EnvironmentReading;
  readonly content: Pick<FlowContent, 'digests' | 'parameterDigest' | 'runsNothing'>;
  readonly memory: CellMemory;
  /** What the runtime's hashes are made of, where that is known. */
  readonly scheme?: HashVariant | undefined;
}

/** The state of a flow in an environment (PROMOTION-MODEL: "State of a flow in an environment"). Total; never optimistic. */
export function cellState(inputs: CellInputs): CellState {
  const { reading } = inputs;
  switch (reading.kind) {
    case 'not-read':
      return { state: 'unknown', reason: 'not-read' };
    case 'failed':
      return unreachable(inputs.memory, reading);
    case 'read': {
      const deployed = reading.flows.get(inputs.flowId);
      return deployed ? compared(inputs, deployed) : notDeployed;
    }
  }
}

// Shared: there are thousands of cells, and most are in one of these.
const notDeployed: CellState = { state: 'not-deployed' };
const inSync = { hash: { state: 'in-sync', by: 'hash' }, record: { state: 'in-sync', by: 'record' } } as const;

function unreachable(memory: CellMemory, reading: EnvironmentReading & { kind: 'failed' }): CellState {
  if (uncertainWrites(memory).length > 0) {
    return { state: 'unknown', reason: 'write-outcome-unread', unreachable: reading.reason };
  }
  const detail = reading.detail === undefined ? {} : { detail: reading.detail };
  return { state: 'unreachable', reason: reading.reason, ...detail };
}

function compared(inputs: CellInputs, deployed: DeployedFlow): CellState {
  if (deployed.routeCount === 0 && !inputs.content.runsNothing) {
    return { state: 'unknown', reason: 'no-routes' };
  }
  if (deployed.hash === undefined) {
    return { state: 'unknown', reason: 'no-hash' };
  }
  const { digests } = inputs.content;
  const recognised = recogniseHash(deployed.hash);
  if (recognised && digests.matchingScheme(recognised, inputs.scheme)) {
    return withParameters(inputs, deployed, 'hash');
  }
  const { last } = inputs.memory;
  const isComparable = digests.isComparable(inputs.scheme);
  const isTextKnown = recognised !== undefined && isComparable;
  if (!isComparable && !isKnownByRecord(inputs, last)) {
    return { state: 'unknown', reason: 'unresolved-parameters' };
  }
  if (!last) {
    return recognised ? { state: 'stale', reason: 'yaml' } : { state: 'unknown', reason: 'hash-not-recognised' };
  }
  const isMoved = last.hashAfter !== deployed.hash;
  const isEdited = last.yamlSha256 !== digests.sha256;
  if (isMoved && !isTextKnown && mayBeOurs(inputs, deployed)) {
    return { state: 'unknown', reason: 'write-outcome' };
  }
  if (isMoved) {
    return { state: 'stale', reason: isEdited ? 'both' : 'remote' };
  }
  return isEdited ? { state: 'stale', reason: 'yaml' } : withParameters(inputs, deployed, 'record');
}

/**
 * A text with secrets in it is known only when it is sent. What was sent then is told by the record: its hash, and the
 * digest of its values.
 */
function isKnownByRecord({ content }: CellInputs, last: EndedRecord | undefined): boolean {
  return last !== undefined && content.parameterDigest !== undefined;
}

/** A hash of bytes that are not known here may be that of our own write whose answer was lost. */
function mayBeOurs({ memory, content }: CellInputs, deployed: DeployedFlow): boolean {
  return uncertainWrites(memory).some((write) => write.hashBefore !== deployed.hash && isOfThisText(write, content));
}

function isOfThisText({ action, yamlSha256 }: OperationRecord, { digests }: CellInputs['content']): boolean {
  return action !== 'undeploy' && yamlSha256 === digests.sha256;
}

/**
 * The YAML is the same; are the parameters? They can be compared only with what was sent from here, and only while
 * the runtime's copy is still the one we sent. A write of unknown outcome may have changed nothing but parameters:
 * unless every possible outcome gives the same answer, there is none.
 */
function withParameters(inputs: CellInputs, deployed: DeployedFlow, by: 'hash' | 'record'): CellState {
  if (isSettled(inputs, deployed)) return inSync[by];
  const possible = possibleDigests(inputs, deployed);
  const agreeing = possible.filter((digest) => digest === inputs.content.parameterDigest && digest !== undefined);
  if (agreeing.length === possible.length) {
    return inSync[by];
  }
  const isCertain = agreeing.length === 0 && !possible.includes(undefined);
  return isCertain ? { state: 'stale', reason: 'parameters' } : { state: 'unknown', reason: 'write-outcome' };
}

/** The common cases, of thousands of cells: the hash is all there is, or the record of what it is of has these values. */
function isSettled({ memory, content }: CellInputs, { hash }: DeployedFlow): boolean {
  if (uncertainWrites(memory).length > 0) return false;
  const { last } = memory;
  if (last?.hashAfter !== hash) return true;
  return last?.parameterDigest !== undefined && last.parameterDigest === content.parameterDigest;
}

/**
 * Digests of the values that the runtime's copy may have; undefined among them: values that nobody here knows. What was
 * there before is out once the hash moved with a write. Each unconfirmed write of this YAML stays in: any may have come
 * late, and after it the hash says nothing of the others. One at the same time as the last deployment puts nothing out
 * while the runtime has what that one left: it may have come before it.
 */
function possibleDigests(
  { memory, content, scheme }: CellInputs,
  deployed: DeployedFlow,
): readonly (string | undefined)[] {
  const { last, pending, beside = [] } = memory;
  const known = last && last.hashAfter === deployed.hash ? [last.parameterDigest] : [];
  if (known.length > 0 && content.digests.coversValues(scheme)) {
    return known;
  }
  const isOurs = (write: OperationRecord): boolean => isOfThisText(write, content);
  const isMoving = ({ hashBefore }: OperationRecord): boolean => hashBefore !== deployed.hash;
  const writes = uncertainWrites(memory).filter(isOurs);
  if (writes.length === 0) {
    return known;
  }
  const later = (known.length > 0 ? pending : [...beside, ...pending]).filter(isOurs);
  const before = known.length > 0 ? known : [undefined];
  return [...(later.some(isMoving) ? [] : before), ...writes.map(({ parameterDigest }) => parameterDigest)];
}
