/** A runtime's or the transport's own words, fit to follow a sentence of ours: on one line, and ended. */
export function ownWords(detail: string | undefined): string {
  const words = (detail ?? '').replace(/\s+/g, ' ').trim();
  return words === '' || /[.!?…]$/.test(words) ? words : `${words}.`;
}
