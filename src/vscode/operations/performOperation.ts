import { randomUUID } from 'node:crypto';
import { Uri, window, workspace } from 'vscode';
import type { OperationLock } from '../../core/operations/operationLock';
import { lockPlace } from '../../core/operations/operationLock';
import type { DeploymentMemory, OperationRecord, Records } from '../../core/operations/records';
import { runOperation } from '../../core/operations/runOperation';
import type { OperationPorts, OperationResult, OperationStep } from '../../core/operations/types';
import type { Log } from '../../core/ports';
import type { Operation } from '../../core/promotion/gate';
import { environmentOf, flowOf, readingOf, situationOf } from '../../core/promotion/promotionState';
import { gitState } from '../adapters/gitState';
import type { FolderStore } from '../state/folderStore';
import { confirmPlan } from './confirmPlan';
import { reportResult } from './reportResult';
import { withLateProgress } from './withLateProgress';

export interface OperationParts {
  readonly lock: OperationLock;
  readonly records: Records;
  readonly memory: DeploymentMemory;
  readonly log: Log;
}

/** Runs an operation on behalf of a person, whatever view it came from: progress, questions, log and outcome. */
export async function performOperation(
  operation: Operation,
  flowId: string,
  store: FolderStore,
  parts: OperationParts,
): Promise<OperationResult> {
  const targetId = operation.kind === 'promote' ? promotionTarget(operation.from, store) : operation.environment;
  const saved = operation.kind !== 'deploy' || (await saveFlow(flowId, store));
  if (!saved) {
    return { outcome: 'cancelled' };
  }
  const label = `${operation.kind} ${flowId} → ${targetId ?? '?'}`;
  const id = randomUUID().slice(0, 8);
  const startedAt = Date.now();
  // Before the lock is asked for: a second click must not take the mark of the first one away.
  const place = lockPlace(store.state.folder, targetId ?? '', flowId);
  const isFirst = parts.lock.running(place) === undefined;
  if (isFirst && targetId !== undefined) {
    store.setRunning(targetId, flowId, operation.kind);
  }
  try {
    parts.log.info(`[${id}] ${label}`);
    const result = await withLateProgress(progressTitle(operation, flowId, store, targetId), (signal, progress) => {
      const onStep = (step: OperationStep): void => {
        parts.log.info(`[${id}] ${step}`);
        progress(step);
      };
      return runOperation(operation, parts.lock, operationPorts(flowId, store, parts, onStep), signal);
    });
    parts.log.info(`[${id}] ${describe(result)} after ${String(Date.now() - startedAt)} ms`);
    reportResult(result, operation, flowId, store);
    return result;
  } finally {
    if (isFirst && targetId !== undefined) {
      store.setRunning(targetId, flowId, undefined);
    }
  }
}

function promotionTarget(from: string, store: FolderStore): string | undefined {
  return environmentOf(store.state, from)?.promotesTo;
}

/** A deploy sends what is on disk, so what is on the screen goes there first. False: it could not be saved. */
async function saveFlow(flowId: string, store: FolderStore): Promise<boolean> {
  const file = flowOf(store.state, flowId)?.file;
  const document = workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === file);
  if (!document) {
    return true;
  }
  if (await document.save()) {
    await store.reloadFlow(document.uri);
    return true;
  }
  void window.showErrorMessage(
    `${workspace.asRelativePath(document.uri)} could not be saved, so nothing was deployed.`,
  );
  return false;
}

function operationPorts(
  flowId: string,
  store: FolderStore,
  parts: OperationParts,
  onStep: (step: OperationStep) => void,
): OperationPorts {
  const { folder } = store.state;
  return {
    folder,
    clock: { now: Date.now },
    records: rememberingRecords(parts, store),
    newId: randomUUID,
    situation: () => situationOf(store.state, flowId),
    memory: ({ id, origin }) => parts.memory.cell(folder, id, origin, flowId),
    preferredVariant: ({ id, origin }) => parts.memory.variant(folder, id, origin),
    reading: (environmentId) => readingOf(store.state, environmentId),
    read: (environmentId, signal) => store.read(environmentId, { force: true, ...(signal ? { signal } : {}) }),
    content: (environment) => store.freshContent(flowId, environment),
    client: (environment) => store.parts.clients.of(environment),
    confirm: confirmPlan,
    gitState: () => gitState(Uri.parse(folder)),
    onStep,
  };
}

/** What is on disk is remembered here, too, and the views look again. */
function rememberingRecords({ records, memory }: OperationParts, store: FolderStore): Records {
  return {
    keepContent: (sha256, yaml) => records.keepContent(sha256, yaml),
    append: async (record: OperationRecord) => {
      if (record.phase === 'ended') {
        // Known here even where the disk is full by now.
        memory.add(record);
        store.touch();
      }
      await records.append(record);
      if (record.phase === 'started') {
        memory.add(record);
      }
    },
  };
}

const progressive: Record<Operation['kind'], string> = {
  deploy: 'Deploying',
  promote: 'Promoting',
  undeploy: 'Undeploying',
};

function progressTitle(operation: Operation, flowId: string, store: FolderStore, targetId: string | undefined): string {
  const flow = flowOf(store.state, flowId)?.displayName ?? flowId;
  const environment = targetId === undefined ? undefined : environmentOf(store.state, targetId)?.label;
  const direction = operation.kind === 'undeploy' ? 'from' : 'to';
  return `${progressive[operation.kind]} ${flow} ${direction} ${environment ?? targetId ?? 'nowhere'}`;
}

function describe(result: OperationResult): string {
  switch (result.outcome) {
    case 'succeeded':
    case 'cancelled':
      return result.outcome;
    case 'refused':
    case 'failed':
    case 'unknown':
      return `${result.outcome} (${result.reason.kind})`;
  }
}
