import { textWithoutLayout } from './decodeText';

/** A shorter secret turns up inside ordinary words, which would become unreadable and give its length away. */
const shortestInsideWords = 6;

/** A text to look for, in one without layout. */
export interface SecretForm {
  readonly text: string;
  /** Counts only where no letter and no digit is beside it (decided): that is where an echo puts a short one. */
  readonly standsAlone: boolean;
}

/** What to look for, where each character may still be written by others: see `decodedTexts`. */
export function formsOf(secret: string): readonly SecretForm[] {
  const whole = secret.trim();
  if (whole === '') return [];
  const isShort = whole.length < shortestInsideWords;
  const lines = whole.split(/\r?\n/).filter((line) => line.trim().length >= shortestInsideWords);
  // how the token is sent: a short one, too, is long enough like this
  const long = [...lines, ...encodings(`Bearer ${whole}`), ...(isShort ? [] : encodings(whole))];
  const short = isShort ? [base64(whole)] : [];
  return [
    ...[whole, ...short].map((text) => ({ text: textWithoutLayout(text), standsAlone: isShort })),
    ...long.map((text) => ({ text: textWithoutLayout(text.trim()), standsAlone: false })),
  ].filter(({ text }) => text.trim() !== '');
}

/** As hex, and as base64 wherever in the encoded text it begins. */
function encodings(text: string): readonly string[] {
  const hex = Buffer.from(text).toString('hex');
  const inBase64 = [base64(text), ...[0, 1, 2].map((offset) => insideBase64(text, offset))];
  return [hex, hex.toUpperCase(), ...inBase64, ...inBase64.map(forAddresses)];
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/=+$/, '');
}

/** Without the characters that have bits of what is before (`offset` bytes of it, in threes) and of what follows. */
function insideBase64(text: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
  const first = Math.ceil((offset * 8) / 6);
  return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
}

function forAddresses(encoded: string): string {
  return encoded.replaceAll('+', '-').replaceAll('/', '_');
}
