/** A runtime's or the transport's own words, fit to follow a sentence of ours: on one line, and ended. */
export function ownWords(detail: string | undefined): string {
  const text = (detail ?? '').replace(/\s+/g, ' ').trim();
  // A word begins with a capital; what may be an identifier stays as it is.
  const words = /^[a-z]+,? /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return words === '' || /[.!?…]$/.test(words) ? words : `${words}.`;
}
