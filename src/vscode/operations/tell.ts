import { commands, window } from 'vscode';
import type { CommandId } from '../contributions/commandIds';
import { plainText } from '../sentences/plainText';

/** A button of a notification. */
export interface NextStep {
  readonly label: string;
  readonly command: CommandId | 'workbench.action.files.openFolder' | 'workbench.trust.manage';
  readonly argument?: unknown;
}

export const showLog: NextStep = { label: 'Show Log', command: 'pipebase.log.show' };

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

/** A notification with what can be done next. Nobody waits for the answer, so that what fails then is said here. */
export function tell(show: Show, message: string, steps: readonly NextStep[] = []): void {
  void tellAndFollow(show, message, steps).catch((error: unknown) => {
    void window.showErrorMessage(plainText(`That did not work: ${String(error)}.`));
  });
}

async function tellAndFollow(show: Show, message: string, steps: readonly NextStep[]): Promise<void> {
  const chosen = await show(plainText(message), ...steps.map(({ label }) => label));
  const step = steps.find(({ label }) => label === chosen);
  if (step) {
    // A row's command that is given `undefined` takes it for a row that is not there any more.
    await commands.executeCommand(step.command, ...(step.argument === undefined ? [] : [step.argument]));
  }
}
