const maxLength = 100;

/** Bidi controls, zero-width characters, fillers, tags; half surrogates, which no font can show. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;
const gaps = /[\s\p{Z}\p{Cc}]+/gu;

/** Without the characters that nobody sees: some turn the text around them backwards (U+202E). */
export function visibleText(text: string): string {
  return text.replace(unseen, '');
}

/**
 * What a name from a file or a runtime is shown as: on one line, visible and short, so that it cannot make a sentence of
 * ours read as another one. The first of `names` that leaves anything to see.
 */
export function displayText(...names: readonly (string | undefined)[]): string {
  const shown = names.map((name) =>
    visibleText(name ?? '')
      .replace(gaps, ' ')
      .trim(),
  );
  return shorten(shown.find((name) => name !== '') ?? '(unnamed)');
}

/** By code points: half of a character would be none. */
function shorten(text: string): string {
  const characters = Array.from(text);
  const start = characters.slice(0, maxLength - 1);
  return characters.length <= maxLength ? text : `${start.join('').trimEnd()}…`;
}
