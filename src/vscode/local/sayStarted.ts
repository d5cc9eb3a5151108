import { commands, window } from 'vscode';
import type { LocalEnvironmentState, LocalEnvironmentStates } from '../../local/localEnvironments';
import { showLog, tell } from '../operations/tell';
import { failureSentences } from '../sentences/failureSentences';
import { plainText } from '../sentences/plainText';
import type { StoredFolder } from '../state/workspaceStore';
import { localEnvironmentsOf } from './localEnvironmentsStore';

/** Says what came of a start, and plainly what local environments are. */
export function sayStarted(folder: StoredFolder, states: LocalEnvironmentStates): void {
  const labels = (isMeant: (state: LocalEnvironmentState | undefined) => boolean): string =>
    localEnvironmentsOf(folder)
      .filter(({ id }) => isMeant(states.get(id)))
      .map(({ label }) => label)
      .join(', ');
  sayNotStarted(states);
  const elsewhere = labels((state) => state?.kind === 'port-in-use' && state.heldBy === 'another-window');
  if (elsewhere !== '') {
    void window.showInformationMessage(plainText(`Running in another window of this folder already: ${elsewhere}.`));
  }
  const started = labels((state) => state?.kind === 'started');
  if (started !== '') {
    sayRunning(started);
  }
}

/** Nothing where none failed; what has its port in another's hands is no such thing. */
export function sayNotStarted(states: LocalEnvironmentStates): void {
  const failures = [...states].flatMap(([id, state]): [string, string][] =>
    state.kind === 'failed' ? [[id, state.reason]] : [],
  );
  if (failures.length > 0) {
    tell(window.showErrorMessage, `Local environments could not be started: ${failureSentences(failures)}`, [showLog]);
  }
}

function sayRunning(labels: string): void {
  const message = plainText(
    `Local environments are running: ${labels}. They store and check flows; they do not run Camel.`,
  );
  void window.showInformationMessage(message, 'Open Promotion Matrix').then((answer) => {
    if (answer !== undefined) {
      void commands.executeCommand('pipebase.matrix.open');
    }
  });
}
