import { ThemeColor, ThemeIcon } from 'vscode';
import type { CellState, FlowStatus } from '../../core/promotion/types';

/** The green of the matrix; that of test results is too pale on a light background. */
export const green = new ThemeColor('charts.green');

/** State by shape and colour together: green is for what was compared and is the same, and for nothing else. */
export function cellIcon(state: CellState['state']): ThemeIcon {
  switch (state) {
    case 'in-sync':
      return new ThemeIcon('pass', green);
    case 'stale':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'not-deployed':
      return new ThemeIcon('circle-large');
    case 'unreachable':
      return new ThemeIcon('debug-disconnect', new ThemeColor('list.errorForeground'));
    case 'unknown':
      return new ThemeIcon('question');
  }
}

export function statusIcon(status: FlowStatus | 'unknown'): ThemeIcon {
  switch (status) {
    case 'healthy':
      return cellIcon('in-sync');
    case 'warning':
      return cellIcon('stale');
    case 'failed':
      return cellIcon('unreachable');
    case 'draft':
      return cellIcon('not-deployed');
    case 'partial':
      return new ThemeIcon('pie-chart');
    case 'unknown':
      return new ThemeIcon('question');
  }
}
