import type { EnvironmentView } from '../../src/shared/matrixView';
import { element } from './element';
import { icon, type IconName } from './icon';
import { texts } from './texts';

export function environmentMarks({ isDefault, isProtected }: EnvironmentView): HTMLElement[] {
  const marks: HTMLElement[] = [];
  if (isDefault) marks.push(element('span', { class: 'mark default' }, texts.default));
  if (isProtected) {
    const label = element('span', { class: 'mark-text' }, texts.protected);
    marks.push(element('span', { class: 'mark protected', title: texts.protected }, icon('protected'), label));
  }
  return marks;
}

const healthIcons: Record<EnvironmentView['health'], IconName> = {
  checking: 'running',
  up: 'up',
  degraded: 'stale',
  unreachable: 'unreachable',
  'not-checked': 'unknown',
};

/** How it is, in an icon and in words, and of when that is. */
export function environmentHealth({ health, healthText, readText }: EnvironmentView): HTMLElement {
  return element(
    'div',
    { class: 'health-lines', title: [healthText, readText].filter(Boolean).join('\n') },
    element('div', { class: 'health' }, icon(healthIcons[health]), element('span', { class: 'ellipsis' }, healthText)),
    readText === '' ? undefined : element('div', { class: 'read-at' }, readText),
  );
}
