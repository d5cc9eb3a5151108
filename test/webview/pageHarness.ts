import type { MatrixView } from '../../src/shared/matrixView';
import { registerComponents } from '../../webview/matrix/components';
import { matrixPage } from '../../webview/matrix/matrixPage';

declare global {
  interface Window {
    /** What a page shows that got these views one after the other, and one that got the last only. */
    patchedAndFresh: (views: MatrixView[]) => { patched: string; fresh: string; tabStops: number[] };
  }
}

registerComponents();

window.patchedAndFresh = (views) => {
  const patched = pageWith(views);
  const fresh = pageWith(views.slice(-1));
  const grids = [...patched.querySelectorAll('[role="grid"]')];
  const result = {
    patched: markup(patched),
    fresh: markup(fresh),
    tabStops: grids.map((grid) => grid.querySelectorAll('[tabindex="0"]').length),
  };
  patched.remove();
  fresh.remove();
  return result;
};

function pageWith(views: readonly MatrixView[]): HTMLElement {
  const root = document.createElement('div');
  document.body.append(root);
  const page = matrixPage(root, acquireVsCodeApi());
  for (const view of views) {
    page.show(view);
    // Somewhere, so that keeping the focus is part of what is tried.
    root.querySelectorAll<HTMLElement>('[data-stop]')[3]?.focus();
  }
  return root;
}

/** Which element is in the tab order is a matter of where the focus was. */
function markup(root: HTMLElement): string {
  const content = root.querySelector('.content')?.cloneNode(true);
  if (!(content instanceof HTMLElement)) return '';
  for (const stop of content.querySelectorAll('[tabindex]')) stop.removeAttribute('tabindex');
  return content.outerHTML;
}
