import { decodedTexts, withoutLayout, type DecodedText } from './decodeText';
import { formsOf, type SecretForm } from './secretForms';

const longestDetail = 300;
const dots = '••••••';

/** Of a text, which may be as large as an answer, what is shown is from here. */
const longestLook = 4096;
/** How much more is looked at, for a secret that begins just before: so many times as long as it, and no more. */
const longestEcho = { times: 32, length: 256 * 1024 };

/** From where to where in a text. */
type Range = readonly [start: number, end: number];

/**
 * Replaces secrets by dots in a text that somebody else wrote, however an answer may repeat them, and then cuts the text:
 * the other way round the half of a secret would survive the cut.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...secrets.map((secret) => secret.length));
  const looked = line.slice(0, longestLook + Math.min(longestEcho.length, longest * longestEcho.times));
  const redacted = withoutRanges(looked.slice(0, longestLook), rangesOf(looked, secrets.flatMap(formsOf)));
  return shortened(line.length > longestLook ? `${redacted}…` : redacted);
}

function rangesOf(text: string, forms: readonly SecretForm[]): readonly Range[] {
  if (forms.length === 0) return [];
  const texts = decodedTexts(text).map(withoutLayout);
  return texts.flatMap((decoded) => forms.flatMap((form) => [...placesOf(form, decoded)]));
}

function* placesOf({ text: form, standsAlone }: SecretForm, { text, starts, ends }: DecodedText): Generator<Range> {
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const end = at + form.length;
    if (!standsAlone || isAlone(text, at, end)) yield [starts[at] ?? 0, ends[end - 1] ?? 0];
  }
}

function isAlone(text: string, start: number, end: number): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 2), start), text.slice(end, end + 2)];
  return !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after);
}

function withoutRanges(text: string, ranges: readonly Range[]): string {
  let redacted = '';
  let at = 0;
  for (const [start, end] of ranges.filter(([start]) => start < text.length).sort(([one], [other]) => one - other)) {
    if (start >= at) redacted += text.slice(at, start) + dots;
    at = Math.max(at, end);
  }
  return redacted + text.slice(at);
}

/** With a mark where something is cut off. */
function shortened(text: string): string {
  return text.length > longestDetail ? `${text.slice(0, longestDetail - 1)}…` : text;
}
