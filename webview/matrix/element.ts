/** An attribute that is `undefined` is left out; a `true` one stands without a value. */
export type Attributes = Readonly<Record<string, string | true | undefined>>;
export type Child = Node | string | undefined;

/**
 * Builds an element. Texts become text nodes and attribute values, never markup: names and reasons come from files and
 * from servers that nobody here wrote.
 */
export function element(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) created.setAttribute(name, value === true ? '' : value);
  }
  created.append(...children.filter((child) => child !== undefined));
  return created;
}

/** For a screen reader only. */
export function hiddenText(text: string): HTMLElement {
  return element('span', { class: 'hidden-text' }, text);
}
