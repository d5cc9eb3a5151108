import { visibleText } from '../../core/displayText';

/** What a status says already (RUNTIME-API, errors): the sentence before has said it, too. */
const saidByStatus = /^(?:unauthorized|forbidden|PIPEBASE_DEPLOY_TOKEN not configured)\.?$/i;

/** A runtime's or the transport's own words, fit to follow a sentence of ours: on one line, and ended. Empty where they add nothing. */
export function ownWords(detail: string | undefined): string {
  const text = visibleText(detail ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  if (saidByStatus.test(text)) return '';
  // A word begins with a capital; what may be an identifier stays as it is.
  const words = /^[a-z]+(?:,? |[.!?…]?$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return words === '' || /[.!?…]$/.test(words) ? words : `${words}.`;
}
