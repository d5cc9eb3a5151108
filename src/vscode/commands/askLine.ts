import { InputBoxValidationSeverity, window } from 'vscode';
import type { RegistryEdit } from '../../core/registry/editRegistry';
import { plainText } from '../sentences/plainText';

/**
 * Asks for one line. `attempt` is the edit with it, or undefined where it changes nothing; what it refuses is told, and so
 * is the sentence of `warn`, which stops nobody.
 */
export async function askLine(
  title: string,
  prompt: string,
  value: string,
  attempt: (value: string) => RegistryEdit | undefined,
  warn: (value: string) => string | undefined = () => undefined,
): Promise<string | undefined> {
  const answer = await window.showInputBox({
    title: plainText(title),
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const edit = attempt(typed.trim());
      const warning = warn(typed.trim());
      if (edit?.kind === 'refused') {
        // Backticks are for the Problems panel; an input box shows them as they are.
        return edit.message.replaceAll('`', '');
      }
      return warning === undefined ? undefined : { message: warning, severity: InputBoxValidationSeverity.Warning };
    },
  });
  return answer?.trim();
}
