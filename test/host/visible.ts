/** A text as a person reads it: a string is the whole of it, a pattern any part. */
export type Visible = string | RegExp;

export function partly(text: Visible): { hasText: Visible } {
  return { hasText: text };
}

export function exactly(text: Visible): { hasText: RegExp } {
  return { hasText: text instanceof RegExp ? text : new RegExp(`^\\s*${escaped(text)}\\s*$`) };
}

/** A pattern cannot be typed into a filter: its longest literal part can. */
export function typeable(text: Visible): string {
  if (typeof text === 'string') return text;
  const literals = text.source.split(/[^\p{L}\p{N} :]+/u);
  return literals.sort((one, other) => other.length - one.length)[0] ?? '';
}

/** An icon's label may end with a key binding: `Explorer (Ctrl+Shift+E)`. */
export function labelled(label: string): string {
  const quoted = JSON.stringify(label);
  return `:is([aria-label=${quoted}], [aria-label^=${JSON.stringify(`${label} (`)}])`;
}

export function startingWith(label: string): string {
  return `[aria-label^=${JSON.stringify(label)}]`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
