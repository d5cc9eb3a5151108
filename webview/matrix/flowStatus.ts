import type { FlowRowView } from '../../src/shared/matrixView';
import { element } from './element';
import { icon, type IconName } from './icon';
import { texts } from './texts';

const statusIcons: Record<FlowRowView['status'], IconName> = {
  healthy: 'in-sync',
  warning: 'stale',
  failed: 'unreachable',
  draft: 'not-deployed',
  partial: 'partial',
  unknown: 'unknown',
};

export function flowStatus({ status, statusLabel }: FlowRowView): HTMLElement | undefined {
  if (statusLabel === '') return undefined;
  return element('span', { class: `status status-${status}` }, icon(statusIcons[status]), statusLabel);
}

export function unsavedMark({ isUnsaved }: FlowRowView): HTMLElement | undefined {
  return isUnsaved ? element('span', { class: 'unsaved' }, texts.unsaved) : undefined;
}

/** Its id, or its path where another flow has that id or its name. */
export function flowId({ id, path }: FlowRowView): HTMLElement {
  return element('span', { class: 'flow-id ellipsis', title: path === undefined ? id : `${id}, ${path}` }, path ?? id);
}
