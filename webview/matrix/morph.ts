/**
 * Changes an element until it equals a freshly rendered one, and touches nothing that is equal already. Children with
 * a `data-key` keep their identity: a button that is gone is removed, never turned into another button under the
 * finger that is about to press it.
 */
export function morph(current: Element, fresh: Element): void {
  morphAttributes(current, fresh);
  morphChildren(current, fresh);
}

/** Where the focus may go is the keyboard's business (`gridKeys.ts`), not that of what is shown. */
const ownedElsewhere = new Set(['tabindex']);

export function morphAttributes(current: Element, fresh: Element): void {
  for (const { name, value } of fresh.attributes) {
    if (!ownedElsewhere.has(name) && current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
  for (const name of current.getAttributeNames()) {
    if (!fresh.hasAttribute(name) && isOurs(current, name)) current.removeAttribute(name);
  }
}

/** A toolkit component sets attributes on itself; those stay. */
function isOurs(current: Element, name: string): boolean {
  if (ownedElsewhere.has(name)) return false;
  return !current.localName.includes('-') || name === 'title' || name.startsWith('data-') || name.startsWith('aria-');
}

function morphChildren(current: Element, fresh: Element): void {
  const spare = new Set<ChildNode>(current.childNodes);
  const wanted = [...fresh.childNodes].map((child) => reuse(spare, child));
  for (const left of spare) left.remove();
  arrange(current, wanted);
}

/** Puts children in order. Those that already stand where they belong are not moved. */
export function arrange(parent: Element, wanted: readonly ChildNode[]): void {
  let cursor = parent.firstChild;
  for (const child of wanted) {
    if (child === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(child, cursor);
  }
}

function reuse(spare: Set<ChildNode>, fresh: ChildNode): ChildNode {
  const match = findMatch(spare, fresh);
  if (match === undefined) return fresh;
  spare.delete(match);
  morphNode(match, fresh);
  return match;
}

function findMatch(spare: ReadonlySet<ChildNode>, wanted: ChildNode): ChildNode | undefined {
  const key = keyOf(wanted);
  for (const candidate of spare) {
    if (candidate.nodeName === wanted.nodeName && keyOf(candidate) === key) return candidate;
  }
  return undefined;
}

function keyOf(node: ChildNode): string | undefined {
  return node instanceof HTMLElement ? node.dataset.key : undefined;
}

function morphNode(current: ChildNode, fresh: ChildNode): void {
  if (current instanceof Element && fresh instanceof Element) morph(current, fresh);
  else if (current.nodeValue !== fresh.nodeValue) current.nodeValue = fresh.nodeValue;
}
