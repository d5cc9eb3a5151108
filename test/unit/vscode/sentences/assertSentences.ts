import assert from 'node:assert/strict';

/** What must hold of every text that a person reads: nothing left over from the code, and a proper end. */
export function assertSentences(text: string): void {
  assert.doesNotMatch(text, /undefined|null|NaN|\[object/, text);
  assert.doesNotMatch(text, / {2}|\n\n\n| [.,;]|\.\.(?!\.)/, `badly joined: ${text}`);
  assert.doesNotMatch(text, /[:,;]\.|\b(\w+) \1\b/i, `twice, or cut off: ${text}`);
  assert.match(text, /^\S[^]*[.?!]$/, `no whole sentence: ${text}`);
}

const steps =
  /\b(change one of them|check|correct|deploy again|have this machine|its log says more|look at|look again|mend that|name this host|refresh|runtime's log says more|set |start it with|start VS Code again|trust this workspace|try again|use )/i;

/** What went wrong comes with something to do about it, or somewhere to look. */
export function assertNextStep(text: string): void {
  assert.match(text, steps, `nothing to do about it: ${text}`);
}
