/**
 * While it loads, the toolkit asks the browser whether it knows `:focus-visible`, by adding a style element, and the
 * page's Content Security Policy refuses inline styles. Until `endStyleProbe` it gets an element that only looks like
 * one. Import this before the toolkit.
 */
function createElement(name: string, options?: ElementCreationOptions): HTMLElement {
  return Document.prototype.createElement.call(document, name, options);
}

Object.assign(document, {
  createElement: (name: string, options?: ElementCreationOptions): HTMLElement =>
    name === 'style'
      ? Object.assign(createElement('template'), { sheet: new CSSStyleSheet() })
      : createElement(name, options),
});

/** Lets the browser's own `createElement` through again. */
export function endStyleProbe(): void {
  Reflect.deleteProperty(document, 'createElement');
}
