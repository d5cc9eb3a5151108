/**
 * Two files may claim one flow id; both are shown. The second gets a key of its own, so that each row keeps its
 * identity.
 */
export function withUniqueKeys<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item][] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const key = keyOf(item);
    const earlier = seen.get(key) ?? 0;
    seen.set(key, earlier + 1);
    // A flow id holds no space, so this cannot be another flow's key.
    return [earlier === 0 ? key : `${key} ${earlier + 1}`, item];
  });
}
