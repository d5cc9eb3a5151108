const longestDetail = 300;
const dots = '••••••';

/** A shorter secret turns up inside ordinary words, which would become unreadable and give its length away. */
const shortestInsideWords = 6;

/**
 * Replaces secrets by dots in a text that somebody else wrote, in the forms in which an answer may repeat them, and
 * then cuts the text: the other way round the half of a secret would survive the cut. A very short secret is replaced
 * where it stands by itself (decided): that is where an echo puts it.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return forms.reduce(withoutForm, text).replace(/\s+/g, ' ').trim().slice(0, longestDetail);
}

function withoutForm(text: string, form: string): string {
  return form.length < shortestInsideWords ? text.replace(standingAlone(form), dots) : text.replaceAll(form, dots);
}

function standingAlone(form: string): RegExp {
  const literal = form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu');
}

function formsOf(secret: string): string[] {
  if (secret === '') return [];
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    htmlOf(secret),
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    secret.replace(/\s+/g, ' ').trim(),
  ].filter((form) => form !== '');
}

function htmlOf(secret: string): string {
  return secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
