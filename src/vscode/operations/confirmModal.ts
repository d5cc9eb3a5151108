import { window } from 'vscode';
import type { Confirmation } from '../sentences/confirmation';
import { plainText } from '../sentences/plainText';

/** Asks before something is changed, in plain text whatever the names in it; closing the question means no. */
export async function confirmModal({ message, detail, button }: Confirmation): Promise<boolean> {
  return (await chooseModal({ message, detail }, button)) === button;
}

/** Asks which of several ways is meant. Undefined: none. */
export async function chooseModal<Button extends string>(
  { message, detail }: Pick<Confirmation, 'message' | 'detail'>,
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  const options = { modal: true, detail: plainText(detail) };
  const chosen = await window.showWarningMessage(plainText(message), options, ...buttons.map(plainText));
  return buttons.find((button) => plainText(button) === chosen);
}
