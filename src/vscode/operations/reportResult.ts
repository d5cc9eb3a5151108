import { commands, window } from 'vscode';
import type { OperationResult } from '../../core/operations/types';
import { environmentOf, flowOf } from '../../core/promotion/promotionState';
import type { Operation } from '../../core/promotion/gate';
import type { CommandId } from '../contributions/commandIds';
import { gateSentence } from '../sentences/gateSentence';
import { plainText } from '../sentences/plainText';
import { failureSentence, successSentence, unknownSentence } from '../sentences/resultSentence';
import type { FolderStore } from '../state/folderStore';

interface NextStep {
  readonly label: string;
  readonly command: CommandId;
  readonly argument?: unknown;
}

const showLog: NextStep = { label: 'Show Log', command: 'pipebase.log.show' };

/** One notification per outcome: what happened, to what, and at most two next steps. Cancelled says nothing. */
export function reportResult(result: OperationResult, operation: Operation, flowId: string, store: FolderStore): void {
  const { state } = store;
  const flow = flowOf(state, flowId)?.displayName ?? flowId;
  const label = (id: string): string => environmentOf(state, id)?.label ?? id;
  const verb = operation.kind;
  switch (result.outcome) {
    case 'cancelled':
      return;
    case 'succeeded': {
      const from = operation.kind === 'promote' ? label(operation.from) : undefined;
      const hasFile = flowOf(state, flowId) !== undefined;
      const sentence = successSentence(verb, flow, result.target.label, { from, hasFile });
      tell(window.showInformationMessage, sentence, wayBack(operation, flowId, store));
      return;
    }
    case 'refused':
      tell(window.showWarningMessage, gateSentence(result.reason, flow, label), refusedSteps(result, store));
      return;
    case 'failed': {
      const sentence = failureSentence(verb, flow, result.target.label, result.reason);
      tell(window.showErrorMessage, sentence, failedSteps(result, store));
      return;
    }
    case 'unknown':
      tell(window.showWarningMessage, unknownSentence(verb, flow, result.target.label, result.reason), [
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

function refusedSteps({ reason }: OperationResult & { outcome: 'refused' }, store: FolderStore): readonly NextStep[] {
  const needsToken =
    reason.kind === 'unreachable' && (reason.reason === 'no-token' || reason.reason === 'unauthorized');
  return needsToken ? [setToken(reason.environment, store)] : [];
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
  const argument = { kind: 'environment', folder: store.state.folder, environment };
  return { label: 'Set Deploy Token…', command: 'pipebase.environment.setToken', argument };
}

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

function tell(show: Show, message: string, steps: readonly NextStep[]): void {
  void show(plainText(message), ...steps.map(({ label }) => label)).then((chosen) => {
    const step = steps.find(({ label }) => label === chosen);
    return step && commands.executeCommand(step.command, step.argument);
  });
}
