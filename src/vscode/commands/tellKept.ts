import { window } from 'vscode';
import { tell } from '../operations/tell';
import { keptSentence } from '../sentences/keptSentence';

/** Says what became of a secret that was given to VS Code. See {@link keptSentence}. */
export async function tellKept(keeping: Promise<boolean>, what: string, next: string): Promise<void> {
  // A keyring that is locked or broken is as good as none.
  const isKept = await keeping.catch(() => false);
  tell(isKept ? window.showInformationMessage : window.showErrorMessage, keptSentence(isKept, what, next));
}
