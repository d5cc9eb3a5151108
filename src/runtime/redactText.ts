const longestDetail = 300;

/**
 * Replaces a token by dots in a text that somebody else wrote, in the forms in which an answer may repeat it, and
 * then cuts the text: the other way round the half of a token would survive the cut.
 */
export function redactText(text: string, token: string | undefined): string {
  return formsOf(token)
    .reduce((redacted, form) => redacted.replaceAll(form, '••••••'), text)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestDetail);
}

function formsOf(token: string | undefined): string[] {
  if (token === undefined || token === '') return [];
  const base64 = Buffer.from(token).toString('base64');
  const forms = [token, JSON.stringify(token).slice(1, -1), encodeURIComponent(token), htmlOf(token), base64];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function htmlOf(token: string): string {
  return token.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
