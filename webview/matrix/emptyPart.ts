import type { EmptyView } from '../../src/shared/matrixView';
import { element } from './element';
import type { Part } from './part';

/** What to say where there is nothing to show, with one next step. */
export function emptyPart(empty: EmptyView | undefined): Part[] {
  if (empty === undefined) return [];
  return [{ key: 'empty', content: JSON.stringify(empty), render: () => emptyState(empty) }];
}

function emptyState({ text, action }: EmptyView): HTMLElement {
  const button =
    action &&
    element(
      'vscode-button',
      { 'data-do': 'command', 'data-command': action.command, 'data-about': action.folder, 'data-key': action.command },
      action.label,
    );
  return element('div', { class: 'empty' }, element('p', {}, text), button);
}
