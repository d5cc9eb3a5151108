/** Each character that `wanted` matches, as `write` has it. */
function escaped(text: string, wanted: RegExp, write: (character: string) => string): string {
  return text
    .split('')
    .map((character) => (wanted.test(character) ? write(character) : character))
    .join('');
}

const unicode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const decimal = (character: string) => `&#${String(character.charCodeAt(0))};`;
const hexadecimal = (character: string) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
const strict = (text: string) =>
  escaped(encodeURIComponent(text), /['()!*]/, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const inBase64 = (text: string) => Buffer.from(text).toString('base64');

/** How servers, frameworks and gateways write what they were sent into what they answer. */
export const echoForms: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in JSON': inJson,
  'in JSON in JSON': (secret) => inJson(inJson(secret)),
  'in JSON as PHP writes it': (secret) => inJson(secret).replaceAll('/', '\\/'),
  'in JSON as Gson writes it': (secret) => escaped(inJson(secret), /[&='<>]/, unicode),
  'in JSON as ASCII': (secret) => escaped(inJson(secret), /[^\x20-\x7e]/, unicode),
  'in an address': encodeURIComponent,
  'in an address in lower case': (secret) =>
    encodeURIComponent(secret).replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
  'in an address by RFC 3986': strict,
  'in an address in an address': (secret) => encodeURIComponent(strict(secret)),
  'as a form': (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  'in a page': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in a page as Go writes it': (secret) => escaped(secret.replaceAll('&', '&amp;'), /["']/, decimal),
  'in a page as Python writes it': (secret) =>
    escaped(secret.replaceAll('&', '&amp;'), /["'/<>]/, (character) => hexadecimal(character).toLowerCase()),
  'in a page as OWASP has it': (secret) => escaped(secret, /[^a-z\d ]/i, hexadecimal),
  'in a page in JSON': (secret) => inJson(escaped(secret, /["'&]/, decimal)),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
  'in hex in upper case': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'in base64': inBase64,
  'in base64 for addresses': (secret) => Buffer.from(secret).toString('base64url'),
  'in base64 in an address': (secret) => encodeURIComponent(inBase64(secret)),
  'in base64 as a header': (secret) => inBase64(`Bearer ${secret}`),
  'in base64 one byte further': (secret) => inBase64(`xBearer ${secret}x`),
  'in base64 two bytes further': (secret) => inBase64(`xxBearer ${secret}xx`),
};
