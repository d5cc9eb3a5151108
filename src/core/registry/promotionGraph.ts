/** What the graph needs of an environment. */
export interface PromotionNode {
  readonly id: string;
  readonly promotesTo?: string;
}

/**
 * Upstream before downstream and else in the order given, so that a file written in promotion order keeps its order; those
 * that neither promote nor are promoted to come last. Members of a cycle keep the order given among themselves. Iterative
 * and linear.
 */
export function promotionOrder<T extends PromotionNode>(environments: readonly T[]): readonly T[] {
  const upstreams = chainedUpstreams(environments);
  const ordered = new Set<T>();
  for (const environment of environments) {
    if (upstreams.has(environment.id)) addWithUpstreams(environment, upstreams, ordered);
  }
  for (const isolated of environments) ordered.add(isolated);
  return [...ordered];
}

/** For each environment on a chain, those that must come before it. What promotes along a cycle need not. */
function chainedUpstreams<T extends PromotionNode>(environments: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const ids = new Set(environments.map(({ id }) => id));
  const onCycle = new Set(findCycles(environments).flat());
  const upstreams = new Map<string, T[]>();
  const upstreamsOfId = (id: string): T[] => {
    const known = upstreams.get(id) ?? [];
    upstreams.set(id, known);
    return known;
  };
  for (const environment of environments) {
    const { id, promotesTo } = environment;
    if (promotesTo === undefined || promotesTo === id || !ids.has(promotesTo)) continue;
    upstreamsOfId(id);
    const before = upstreamsOfId(promotesTo);
    if (!onCycle.has(id)) before.push(environment);
  }
  return upstreams;
}

/** Depth first with a stack of its own: a chain may be longer than the call stack. */
function addWithUpstreams<T extends PromotionNode>(
  last: T,
  upstreams: ReadonlyMap<string, readonly T[]>,
  ordered: Set<T>,
): void {
  const stack = [{ environment: last, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const upstream = upstreams.get(top.environment.id)?.[top.next++];
    if (upstream === undefined) {
      ordered.add(top.environment);
      stack.pop();
    } else if (!ordered.has(upstream)) {
      stack.push({ environment: upstream, next: 0 });
    }
  }
}

/** Those that promote to `id`, in the order given. */
export function upstreamsOf<T extends PromotionNode>(environments: readonly T[], id: string): readonly T[] {
  return environments.filter((environment) => environment.promotesTo === id && environment.id !== id);
}

/**
 * Each cycle as a closed chain that begins at its first member in the order given: `['dev', 'test', 'dev']`; one that
 * promotes to itself is `['dev', 'dev']`. Iterative and linear: an environment promotes to one other at most, so each is
 * entered once.
 */
export function findCycles(environments: readonly PromotionNode[]): readonly (readonly string[])[] {
  const targetOf = new Map(environments.map(({ id, promotesTo }) => [id, promotesTo]));
  const places = new Map(environments.map(({ id }, place) => [id, place]));
  const roundOf = new Map<string, number>();
  const cycles: (readonly string[])[] = [];
  for (const [round, { id }] of environments.entries()) {
    const path: string[] = [];
    let current: string | undefined = id;
    while (current !== undefined && targetOf.has(current) && !roundOf.has(current)) {
      roundOf.set(current, round);
      path.push(current);
      current = targetOf.get(current);
    }
    if (current !== undefined && roundOf.get(current) === round) {
      cycles.push(fromFirst(path.slice(path.indexOf(current)), places));
    }
  }
  return cycles;
}

function fromFirst(members: readonly string[], places: ReadonlyMap<string, number>): readonly string[] {
  const placeOf = (id: string): number => places.get(id) ?? 0;
  const first = members.reduce((best, id) => (placeOf(id) < placeOf(best) ? id : best));
  const start = members.indexOf(first);
  return [...members.slice(start), ...members.slice(0, start), first];
}

/** A chain as it is told: whole, unless it is longer than anybody reads. */
export function chainText(chain: readonly string[]): string {
  const left = chain.length - 2 * shownAtEnds;
  const parts =
    left > shownAtEnds ? [...chain.slice(0, shownAtEnds), `… ${left} more …`, ...chain.slice(-shownAtEnds)] : chain;
  return parts.join(' → ');
}

const shownAtEnds = 8;
