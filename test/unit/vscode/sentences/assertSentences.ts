import assert from 'node:assert/strict';

/** What must hold of every text that a person reads: nothing left over from the code, and a proper end. */
export function assertSentences(text: string): void {
  assert.doesNotMatch(text, /undefined|null|NaN|\[object/, text);
  assert.doesNotMatch(text, / {2}|\n\n\n| [.,;]|\.\.(?!\.)/, `badly joined: ${text}`);
  assert.match(text, /^\S[^]*[.?!]$/, `no whole sentence: ${text}`);
}
