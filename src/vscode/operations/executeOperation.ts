import { randomUUID } from 'node:crypto';
import { Uri, window, workspace, type TextDocument } from 'vscode';
import { lockPlace, type OperationLock } from '../../core/operations/operationLock';
import type { DeploymentMemory } from '../../core/operations/deploymentMemory';
import type { Records } from '../../core/operations/records';
import type { RememberedRecords } from '../../core/operations/rememberedRecords';
import { runOperation } from '../../core/operations/runOperation';
import type { OperationPlan, OperationPorts, OperationResult, OperationStep } from '../../core/operations/types';
import type { Log } from '../../core/ports';
import type { Operation } from '../../core/promotion/gate';
import { environmentOf, flowOf, readingOf, situationOf } from '../../core/promotion/promotionState';
import { gitState } from '../adapters/gitState';
import { registryUri } from '../state/flowFiles';
import type { FolderStore } from '../state/folderStore';
import { loggedSentence } from './loggedSentence';
import { tell } from './tell';

export interface OperationParts {
  readonly lock: OperationLock;
  readonly records: RememberedRecords;
  readonly memory: DeploymentMemory;
  readonly log: Log;
}

/** How the person who asked is told and asked while the operation runs. */
export interface OperationDialog {
  readonly signal: AbortSignal;
  onStep(step: OperationStep): void;
  /** False: the person said no. */
  confirm(plan: OperationPlan): Promise<boolean>;
}

/** Runs one operation in the window: saves first, marks the cell as busy, and logs each step under one short id. */
export async function executeOperation(
  operation: Operation,
  flowId: string,
  store: FolderStore,
  parts: OperationParts,
  dialog: OperationDialog,
): Promise<OperationResult> {
  if (!(await isReadyToSend(operation, flowId, store))) {
    return { outcome: 'cancelled' };
  }
  const targetId = operationTarget(operation, store);
  const id = randomUUID().slice(0, 8);
  const startedAt = Date.now();
  parts.log.info(`[${id}] ${operation.kind} ${flowId} → ${targetId ?? '?'}`);
  const mark = cellMark(operation, targetId, flowId, store, parts);
  const onStep = (step: OperationStep): void => {
    parts.log.info(`[${id}] ${step}`);
    // While a question is open, nothing happens there.
    mark(step !== 'confirming');
    dialog.onStep(step);
  };
  const ports = operationPorts(flowId, store, parts, { ...dialog, onStep });
  mark(true);
  const result = await runOperation(operation, parts.lock, ports, dialog.signal).finally(() => {
    mark(false);
  });
  parts.log.info(`[${id}] ${describe(result)} after ${String(Date.now() - startedAt)} ms`);
  const sentence = loggedSentence(result, operation, flowId, store);
  if (sentence !== undefined) {
    parts.log.warn(`[${id}] ${sentence}`);
  }
  return result;
}

/** The environment that is written to, as far as pipebase.yaml names one. */
export function operationTarget(operation: Operation, { state }: FolderStore): string | undefined {
  return operation.kind === 'promote' ? environmentOf(state, operation.from)?.promotesTo : operation.environment;
}

/** Shows on the cell what runs there, or takes that away; a second click must not take away the mark of the first one. */
function cellMark(
  { kind }: Operation,
  targetId: string | undefined,
  flowId: string,
  store: FolderStore,
  { lock }: OperationParts,
): (isRunning: boolean) => void {
  if (targetId === undefined || lock.running(lockPlace(store.state.folder, targetId, flowId))) {
    return () => undefined;
  }
  return (isRunning) => {
    store.setRunning(targetId, flowId, isRunning ? kind : undefined);
  };
}

/**
 * A deploy sends what is on disk, so what is on the screen goes there first: the flow and its own parameters. What is
 * edited in pipebase.yaml is about every flow, and not this one's to save.
 */
async function isReadyToSend(operation: Operation, flowId: string, store: FolderStore): Promise<boolean> {
  if (hasUnsavedRegistry(store)) {
    sayUnsavedRegistry();
    return false;
  }
  const file = flowOf(store.state, flowId)?.file;
  if (operation.kind !== 'deploy' || file === undefined) {
    return true;
  }
  const files = [file, store.parameterUri(file)].filter((one) => one !== undefined);
  for (const document of files.map(dirtyDocument).filter((one) => one !== undefined)) {
    if (!(await document.save())) {
      const path = workspace.asRelativePath(document.uri);
      tell(window.showErrorMessage, `${path} could not be saved, so nothing was deployed.`);
      return false;
    }
    await store.reloadFlow(document.uri);
  }
  return true;
}

export function hasUnsavedRegistry({ parts }: FolderStore): boolean {
  return dirtyDocument(registryUri(parts.folder).toString()) !== undefined;
}

export function sayUnsavedRegistry(): void {
  void window.showWarningMessage('pipebase.yaml has unsaved edits. Save it, then try again; nothing was sent.');
}

function dirtyDocument(uri: string): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.isDirty && document.uri.toString() === uri);
}

function operationPorts(
  flowId: string,
  store: FolderStore,
  parts: OperationParts,
  dialog: Pick<OperationDialog, 'onStep' | 'confirm'>,
): OperationPorts {
  const { folder } = store.state;
  return {
    folder,
    clock: { now: Date.now },
    records: showingRecords(parts.records, store),
    newId: randomUUID,
    situation: () => situationOf(store.state, flowId),
    memory: ({ id, origin }) => parts.memory.cell(folder, id, origin, flowId),
    preferredVariant: ({ id, origin }) => parts.memory.variant(folder, id, origin),
    reading: (environmentId) => readingOf(store.state, environmentId),
    read: async (environmentId, signal) => {
      // An operation holds to pipebase.yaml as it is on disk, whether or not a watcher has told of it.
      await store.reloadIfRewired();
      // Nor whether one has told of what another window has sent.
      await parts.records.readOn();
      await store.read(environmentId, { force: true, ...(signal ? { signal } : {}) });
    },
    content: (environment) => store.freshContent(flowId, environment),
    sending: ({ id }) => store.sending(flowId, id),
    client: (environment) => store.parts.clients.of(environment),
    confirm: (plan) => dialog.confirm(plan),
    gitState: () => gitState(Uri.parse(folder)),
    onStep: (step) => {
      dialog.onStep(step);
    },
    onUnrecorded: (detail) => {
      parts.log.error(`The end of the operation could not be written to the operations log: ${detail}`);
    },
  };
}

/** What an operation came to is shown at once. */
function showingRecords(records: RememberedRecords, store: FolderStore): Records {
  return {
    keepContent: (sha256, yaml) => records.keepContent(sha256, yaml),
    append: async (record) => {
      await records.append(record).finally(() => {
        if (record.phase === 'ended') {
          store.touch();
        }
      });
    },
  };
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
