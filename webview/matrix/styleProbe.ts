/**
 * While it loads, the toolkit asks the browser whether it knows `:focus-visible`, by adding a style element, and the
 * page's Content Security Policy refuses inline styles. Until `endStyleProbe` it gets an element that only looks like
 * one. Import this before the toolkit.
 */
Object.assign(document, {
  createElement: (name: string): HTMLElement =>
    name === 'style' ? Object.assign(create('template'), { sheet: new CSSStyleSheet() }) : create(name),
});

/** Lets the browser's own `createElement` through again. */
export function endStyleProbe(): void {
  Reflect.deleteProperty(document, 'createElement');
}

function create(name: string): HTMLElement {
  return document.createElementNS('http://www.w3.org/1999/xhtml', name);
}
