import type { ActionView } from '../../src/shared/matrixView';
import { element } from './element';
import { icon } from './icon';

/** Icons that show when the pointer or the focus is on the cell. Enter on the cell goes into them. */
export function compactActions(actions: readonly ActionView[]): HTMLElement | undefined {
  if (actions.length === 0) return undefined;
  return element('div', { class: 'cell-actions' }, ...actions.map(compactAction));
}

function compactAction(action: ActionView, index: number): HTMLElement {
  return element(
    'button',
    {
      class: `icon-button ${action.emphasis}`,
      tabindex: '-1',
      title: action.label,
      'aria-label': action.description,
      ...actionAttributes(action, index),
      'data-inner': true,
    },
    icon(action.message.kind),
  );
}

/** Buttons with words, each a stop for the arrow keys. */
export function fullActions(actions: readonly ActionView[]): HTMLElement[] {
  return actions.map((action, index) =>
    element(
      'vscode-button',
      {
        appearance: action.emphasis,
        tabindex: '-1',
        'aria-label': spokenLabel(action),
        title: action.description,
        ...actionAttributes(action, index),
        'data-stop': true,
      },
      icon(action.message.kind, 'start'),
      action.label,
    ),
  );
}

/** Begins with the words on the button, so that a person who speaks them to the computer is understood. */
function spokenLabel({ label, description }: ActionView): string {
  return description.startsWith(label) ? description : `${label}: ${description}`;
}

/** The message itself stays in the view: the page looks it up at the moment of the click. */
function actionAttributes({ label, message }: ActionView, index: number): Record<string, string> {
  return { 'data-key': `${message.kind} ${label}`, 'data-do': 'action', 'data-index': String(index) };
}
