import { window, type InputBoxOptions } from 'vscode';

/** One message or question that the extension put to the person. */
export interface Told {
  readonly kind: 'information' | 'warning' | 'error';
  readonly message: string;
  readonly detail: string | undefined;
  readonly isModal: boolean;
  readonly buttons: readonly string[];
}

/**
 * Sits in front of the window and answers for a person. VS Code shows neither toasts nor dialogs to tests, so its
 * functions are replaced: the runner's `vscode` is the extension's own, because it lies in the extension's folder.
 */
class Person {
  told: Told[] = [];
  /** Titles of input boxes and quick picks. */
  asked: string[] = [];
  /** The items of the last quick pick: label, and description where there is one. */
  offered: readonly string[] = [];
  /** What input boxes said against what was typed. */
  refusals: string[] = [];
  /** The button to press; undefined closes the message. */
  presses: (told: Told) => string | undefined | Promise<string | undefined> = () => undefined;
  types: (title: string) => string | undefined = () => undefined;
  picks: (title: string, labels: readonly string[]) => string | undefined = () => undefined;

  /** Forgets what was told, and answers nothing from now on. */
  reset(): void {
    this.told = [];
    this.asked = [];
    this.offered = [];
    this.refusals = [];
    this.presses = () => undefined;
    this.types = () => undefined;
    this.picks = () => undefined;
  }

  tell(kind: Told['kind'], message: string, rest: readonly unknown[]): Promise<string | undefined> {
    const options = rest.find((item) => typeof item === 'object') as { modal?: boolean; detail?: string } | undefined;
    const told: Told = {
      kind,
      message,
      detail: options?.detail,
      isModal: options?.modal === true,
      buttons: rest.filter((item) => typeof item === 'string'),
    };
    this.told.push(told);
    everTold.push(told);
    return Promise.resolve(this.presses(told));
  }
}

/** Everything that was told in this window, whatever was forgotten since. */
export const everTold: Told[] = [];

export const person = new Person();

interface QuickPickItemLike {
  readonly label: string;
  readonly description?: string;
}

/** Before the first command: from then on every question goes to {@link person}. */
export function seatPerson(): void {
  const teller =
    (kind: Told['kind']) =>
    (message: string, ...rest: unknown[]) =>
      person.tell(kind, message, rest);
  Object.assign(window, {
    showInformationMessage: teller('information'),
    showWarningMessage: teller('warning'),
    showErrorMessage: teller('error'),
    showInputBox: async (options: InputBoxOptions = {}) => {
      const { title = '' } = options;
      person.asked.push(title);
      const typed = person.types(title);
      const refusal = typed === undefined ? undefined : await options.validateInput?.(typed);
      // What is refused cannot be accepted; the person gives up.
      if (typeof refusal === 'string') {
        person.refusals.push(refusal);
        return undefined;
      }
      return typed;
    },
    showQuickPick: async (
      items: readonly (string | QuickPickItemLike)[] | Promise<readonly (string | QuickPickItemLike)[]>,
      { title = '' }: { title?: string } = {},
    ) => {
      person.asked.push(title);
      const given = await items;
      person.offered = given.map(wordsOf);
      const label = person.picks(title, given.map(labelOf));
      return given.find((item) => labelOf(item) === label);
    },
  });
}

function wordsOf(item: string | QuickPickItemLike): string {
  return typeof item === 'string' ? item : [item.label, item.description].filter(Boolean).join(' | ');
}

function labelOf(item: string | QuickPickItemLike): string {
  return typeof item === 'string' ? item : item.label;
}
