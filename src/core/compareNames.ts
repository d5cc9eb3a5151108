/** One language, whatever the machine's: a team sees one order. */
const collator = new Intl.Collator('en', { numeric: true });

/**
 * The order of names in every list, for `sort`: numbers by their value (`2` before `199`), letters whatever their case.
 * Names that are alike in that, as `2` and `02` are, by code units, so that the order never depends on the input's.
 */
export function compareNames(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}
