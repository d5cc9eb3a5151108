import type { CellView } from '../../src/shared/matrixView';
import { element } from './element';
import { icon } from './icon';

/** Icon and word of a cell's state, or what runs on it now. */
export function stateText({ state, label, running }: CellView): HTMLElement {
  if (running !== undefined) {
    return element(
      'span',
      { class: 'state running' },
      icon('running'),
      element('span', { class: 'ellipsis' }, running),
    );
  }
  return element('span', { class: 'state' }, icon(state), element('span', { class: 'ellipsis' }, label));
}
