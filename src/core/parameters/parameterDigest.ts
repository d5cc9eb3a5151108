import type { Hashing, ValueMark } from '../ports';
import { keysIn } from './keysIn';

/**
 * Keyed digests of parameter values (PROMOTION-MODEL, state of a flow): what was sent is compared with what would be sent
 * now by these alone, so that neither the log nor a state holds a value.
 */
export class ParameterDigester {
  private readonly ofTexts = new Map<string, string>();

  constructor(
    private readonly hashing: Hashing,
    private readonly key: string,
  ) {}

  /** Keyed digest of one value. */
  ofValue(value: string): string {
    return this.hashing.keyedDigest(this.key, value);
  }

  /** The same of a value that stands in a file, worked out once: a secret's must not be kept. */
  ofText(text: string): string {
    let digest = this.ofTexts.get(text);
    if (digest === undefined) {
      digest = this.ofValue(text);
      this.ofTexts.set(text, digest);
    }
    return digest;
  }

  /** What stands for a value where it may not be. */
  mark(value: string): ValueMark {
    return { digest: this.ofValue(value), uses: keysIn(value) };
  }

  /**
   * One digest for all values, given by their own: the same for every order of the same pairs. JSON text of the sorted
   * pairs is what is hashed, so that no two different sets of pairs share a text.
   */
  ofAll(digests: ReadonlyMap<string, string>): string {
    // Without values there is nothing to guess, and no key to lose.
    if (digests.size === 0) return 'none';
    const pairs = [...digests.keys()].sort().map((name) => [name, digests.get(name)]);
    return this.hashing.keyedDigest(this.key, JSON.stringify(pairs));
  }

  /** The same, of values that are known. */
  ofValues(values: ReadonlyMap<string, string>): string {
    return this.ofAll(new Map([...values].map(([key, value]) => [key, this.ofValue(value)])));
  }
}
