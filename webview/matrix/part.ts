import { arrange, morph, morphAttributes } from './morph';

/** A piece of the page, described before it is drawn, so that what did not change is neither built nor touched. */
export interface Part {
  /** Unique among its siblings. */
  readonly key: string;
  /** Everything that the part shows, as text: equal text, equal picture. Absent: only the children can tell. */
  readonly content?: string;
  /** Draws a leaf whole, or a branch without its children. */
  readonly render: () => HTMLElement;
  readonly children?: () => readonly Part[];
}

interface Drawn {
  readonly key: string;
  readonly content: string | undefined;
}

const drawn = new WeakMap<Node, Drawn>();

/** Makes the children of an element equal to the parts, changing only what differs. */
export function showParts(parent: HTMLElement, parts: readonly Part[]): void {
  const present = drawnChildren(parent);
  const wanted = parts.map((part) => {
    const current = present.get(part.key);
    present.delete(part.key);
    return current === undefined ? draw(part) : update(current, part);
  });
  for (const left of present.values()) left.remove();
  arrange(parent, wanted);
}

function drawnChildren(parent: HTMLElement): Map<string, HTMLElement> {
  const found = new Map<string, HTMLElement>();
  for (const child of parent.children) {
    const key = drawn.get(child)?.key;
    if (key !== undefined && child instanceof HTMLElement) found.set(key, child);
  }
  return found;
}

function draw(part: Part): HTMLElement {
  const created = part.render();
  remember(created, part);
  if (part.children) created.append(...part.children().map(draw));
  return created;
}

function update(current: HTMLElement, part: Part): HTMLElement {
  if (part.content !== undefined && drawn.get(current)?.content === part.content) return current;
  const fresh = part.render();
  if (fresh.nodeName !== current.nodeName) return draw(part);
  remember(current, part);
  if (part.children) {
    morphAttributes(current, fresh);
    showParts(current, part.children());
  } else {
    morph(current, fresh);
  }
  return current;
}

function remember(node: HTMLElement, part: Part): void {
  drawn.set(node, { key: part.key, content: part.content });
}
