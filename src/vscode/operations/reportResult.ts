import { window } from 'vscode';
import type { OperationResult } from '../../core/operations/types';
import { environmentOf, flowOf } from '../../core/promotion/promotionState';
import type { Operation } from '../../core/promotion/gate';
import { needsRestart, needsStart } from '../sentences/localSentence';
import { localPlaceOf } from '../state/folderState';
import type { FolderStore } from '../state/folderStore';
import { outcomeSentence } from './outcomeSentence';
import { showLog, tell, type NextStep } from './tell';

/** One notification per outcome: what happened, to what, and at most two next steps. Cancelled says nothing. */
export function reportResult(result: OperationResult, operation: Operation, flowId: string, store: FolderStore): void {
  const sentence = outcomeSentence(result, operation, flowId, store);
  if (sentence === undefined) {
    return;
  }
  switch (result.outcome) {
    case 'cancelled':
      return;
    case 'succeeded':
      tell(window.showInformationMessage, sentence, wayBack(operation, flowId, store));
      return;
    case 'refused':
      tell(window.showWarningMessage, sentence, refusedSteps(result, store));
      return;
    case 'failed':
      tell(window.showErrorMessage, sentence, failedSteps(result, store));
      return;
    case 'unknown':
      tell(window.showWarningMessage, sentence, [
        { label: 'Refresh', command: 'pipebase.environments.refresh' },
        showLog,
      ]);
  }
}

/** An undeploy can be taken back where the workspace has the flow. */
function wayBack(operation: Operation, flowId: string, store: FolderStore): readonly NextStep[] {
  if (operation.kind !== 'undeploy' || !flowOf(store.state, flowId)) {
    return [];
  }
  const argument = { kind: 'deploy', folder: store.state.folder, flow: flowId, environment: operation.environment };
  return [{ label: 'Deploy Again', command: 'pipebase.flow.deploy', argument }];
}

const restartLocal: NextStep = { label: 'Restart Local Environments', command: 'pipebase.local.start' };

function refusedSteps({ reason }: OperationResult & { outcome: 'refused' }, store: FolderStore): readonly NextStep[] {
  if (reason.kind !== 'unreachable') {
    return [];
  }
  const environment = environmentOf(store.state, reason.environment);
  const place = environment && localPlaceOf(store.state, environment);
  if (needsRestart(reason.reason, place)) {
    return place === 'this-window' ? [restartLocal] : [];
  }
  if (needsStart(reason.reason, place)) {
    return [
      {
        label: 'Start Local Environments',
        command: 'pipebase.local.start',
        argument: environmentArgument(reason.environment, store),
      },
    ];
  }
  return reason.reason === 'no-token' || reason.reason === 'unauthorized' ? [setToken(reason.environment, store)] : [];
}

function failedSteps(
  { reason, target }: OperationResult & { outcome: 'failed' },
  store: FolderStore,
): readonly NextStep[] {
  if (reason.kind === 'runtime' && (reason.error === 'unauthorized' || reason.error === 'no-token')) {
    return [setToken(target.id, store), showLog];
  }
  const secret =
    reason.kind === 'parameters' ? reason.problems.find(({ kind }) => kind === 'secret-not-stored') : undefined;
  if (secret?.kind === 'secret-not-stored') {
    const argument = { folder: store.state.folder, environment: target.id, key: secret.key };
    return [{ label: 'Set Secret Parameter…', command: 'pipebase.parameter.setSecret', argument }];
  }
  return [showLog];
}

function setToken(environment: string, store: FolderStore): NextStep {
  const argument = environmentArgument(environment, store);
  return { label: 'Set Deploy Token…', command: 'pipebase.environment.setToken', argument };
}

function environmentArgument(environment: string, store: FolderStore): object {
  return { kind: 'environment', folder: store.state.folder, environment };
}
