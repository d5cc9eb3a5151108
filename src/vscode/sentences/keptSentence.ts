/** Whether VS Code has what it was given. `what`: `deploy token of dev`. `next`: a sentence that follows where it has. */
export function keptSentence(isKept: boolean, what: string, next: string): string {
  return isKept
    ? `The ${what} is stored. ${next}`
    : `VS Code could not keep the ${what}; its secret storage needs a keyring that works.`;
}
