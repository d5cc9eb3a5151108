import { ProgressLocation, window } from 'vscode';
import { errorName } from '../../core/errorName';
import { defaultConcurrency, runBatch, type BatchItem, type BatchReport } from '../../core/operations/runBatch';
import type { FailureReason, OperationPlan, OperationResult } from '../../core/operations/types';
import type { Operation } from '../../core/promotion/gate';
import { environmentOf, flowNameOf } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import { batchConfirmation, batchSentence } from '../sentences/batchSentence';
import { plainText } from '../sentences/plainText';
import { failureSentence } from '../sentences/resultSentence';
import { verbs } from '../sentences/verbs';
import type { FolderStore } from '../state/folderStore';
import { confirmModal } from './confirmModal';
import { confirmPlan } from './confirmPlan';
import {
  executeOperation,
  hasUnsavedRegistry,
  operationTarget,
  sayUnsavedRegistry,
  type OperationParts,
} from './executeOperation';
import { qualified } from './qualified';
import { showLog, tell } from './tell';

/** Runs one operation on many flows of a folder: one question, one progress with cancel, one report. */
export async function performBatch(
  operation: Operation,
  flowIds: readonly string[],
  store: FolderStore,
  parts: OperationParts,
): Promise<void> {
  if (hasUnsavedRegistry(store)) {
    sayUnsavedRegistry();
    return;
  }
  const target = targetOf(operation, store);
  if (!target) {
    void window.showWarningMessage('There is no environment to go to. See promotesTo in pipebase.yaml.');
    return;
  }
  if (!(await confirmBatch(operation, flowIds, target, store))) {
    return;
  }
  const items = flowIds.map((flowId) => ({ flowId, targetId: target.id }));
  const report = await runWithProgress(operation, items, target, store, parts);
  reportBatch(operation, report, qualified(target, store));
}

function targetOf(operation: Operation, store: FolderStore): Environment | undefined {
  const id = operationTarget(operation, store);
  return id === undefined ? undefined : environmentOf(store.state, id);
}

/** pipebase.yaml may change while many flows are on their way: what was confirmed was this environment, as it was. */
function isAsConfirmed(now: Environment | undefined, target: Environment): boolean {
  return now?.id === target.id && now.url === target.url && now.isProtected === target.isProtected;
}

async function confirmBatch(
  operation: Operation,
  flowIds: readonly string[],
  target: Environment,
  store: FolderStore,
): Promise<boolean> {
  if (!target.isProtected && operation.kind !== 'undeploy') {
    return true;
  }
  const names = flowIds.map((id) => flowNameOf(store.state, id));
  return confirmModal(batchConfirmation(operation.kind, names, qualified(target, store)));
}

function runWithProgress(
  operation: Operation,
  items: readonly BatchItem[],
  target: Environment,
  store: FolderStore,
  parts: OperationParts,
): Thenable<BatchReport<BatchItem>> {
  const { doing, direction } = verbs[operation.kind];
  const title = plainText(`${doing} ${direction} ${qualified(target, store).label}`);
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => {
        controller.abort();
      });
      const { signal } = controller;
      const dialog = {
        signal,
        onStep: () => undefined,
        // That the environment is protected was asked for all of them at once; a warning is about one.
        confirm: async (plan: OperationPlan) =>
          (plan.warnings.length === 0 && isAsConfirmed(plan.target, target)) || confirmPlan(plan, store),
      };
      /** What failed before or beside the operation, which writes its own end into the log. */
      const failed = (flowId: string, reason: FailureReason): OperationResult => {
        parts.log.warn(failureSentence(operation.kind, flowNameOf(store.state, flowId), target.label, reason));
        return { outcome: 'failed', target, reason };
      };
      const run = async ({ flowId }: BatchItem): Promise<OperationResult> => {
        try {
          return isAsConfirmed(targetOf(operation, store), target) && !hasUnsavedRegistry(store)
            ? await executeOperation(operation, flowId, store, parts, dialog)
            : failed(flowId, { kind: 'changed-meanwhile' });
        } catch (error) {
          // What is saved before may break, and must not take the report of the others along.
          return failed(flowId, { kind: 'internal', detail: errorName(error) });
        }
      };
      return runBatch(items, run, {
        concurrency: defaultConcurrency,
        stopsOnFailure: false,
        signal,
        onDone: ({ flowId }) => {
          progress.report({ message: plainText(flowNameOf(store.state, flowId)), increment: 100 / items.length });
        },
      });
    },
  );
}

/** One line for all in a notification; each failure, with its reason, is in the log. */
function reportBatch(operation: Operation, { items }: BatchReport<BatchItem>, target: Environment): void {
  const outcomes = items.map(({ result }) => result.outcome);
  const sentence = batchSentence(operation.kind, outcomes, target.label);
  if (outcomes.every((outcome) => outcome === 'succeeded')) {
    tell(window.showInformationMessage, sentence);
  } else {
    tell(window.showWarningMessage, sentence, [showLog]);
  }
}
