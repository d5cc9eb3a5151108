import type { Hashing } from '../ports';

/**
 * Keyed digest of the values sent, the same for every order of the same pairs. JSON text of the sorted pairs is what is
 * hashed, so that no two different sets of pairs share a text.
 */
export function parameterDigest(values: ReadonlyMap<string, string>, hashing: Hashing, key: string): string {
  // Without values there is nothing to guess, and no key to lose.
  if (values.size === 0) return 'none';
  const pairs = [...values.keys()].sort().map((name) => [name, values.get(name)]);
  return hashing.keyedDigest(key, JSON.stringify(pairs));
}
