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
  return shortened(forms.reduce(withoutForm, text).replace(/\s+/g, ' ').trim());
}

function withoutForm(text: string, form: string): string {
  return form.length < shortestInsideWords ? text.replace(standingAlone(form), dots) : text.replaceAll(form, dots);
}

function standingAlone(form: string): RegExp {
  const literal = form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu');
}

/** As it was sent, and as an answer may repeat that. */
function formsOf(secret: string): string[] {
  return [...new Set(sentForms(secret))].flatMap(repeatedForms).filter((form) => form !== '');
}

/** By itself, and in a rendered YAML: in quotes of either kind, and line by line in a block. */
function sentForms(secret: string): string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  return [
    secret,
    inJson(secret),
    secret.replaceAll("'", "''"),
    ...lines.filter((line) => line.length >= shortestInsideWords),
  ];
}

function repeatedForms(text: string): string[] {
  return [
    text,
    inJson(text),
    encodeURIComponent(Buffer.from(text).toString()), // which throws at half a character
    htmlOf(text),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
    Buffer.from(text).toString('base64url'),
    text.replace(/\s+/g, ' ').trim(),
  ];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function htmlOf(secret: string): string {
  return secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** With a mark where something is cut off. */
function shortened(text: string): string {
  return text.length > longestDetail ? `${text.slice(0, longestDetail - 1)}…` : text;
}
