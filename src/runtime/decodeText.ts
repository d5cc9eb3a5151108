/** A text, and the range of the source that each of its UTF-16 units stands for. */
export interface DecodedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** One way to write characters by others: where it does so, and what is meant there. */
interface Decoder {
  readonly pattern: RegExp;
  readonly meaning: (written: string) => string;
}

const backslash: Decoder = {
  pattern: /\\(?:u[\da-f]{4}|x[\da-f]{2}|[^ux])/gi,
  meaning: (written) => {
    const [, kind = '', ...digits] = written;
    if (digits.length > 0) return String.fromCharCode(parseInt(digits.join(''), 16));
    return 'nrtfb'.includes(kind) ? ' ' : kind;
  },
};

/** A character of UTF-8 at a time. */
const percent: Decoder = {
  pattern: /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi,
  meaning: (written) => Buffer.from(written.replaceAll('%', ''), 'hex').toString(),
};

const namedEntities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }));

const entity: Decoder = {
  pattern: /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/gi,
  meaning: (written) => {
    const name = written.slice(1, -1).toLowerCase();
    const code = name.startsWith('#x') ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return namedEntities.get(name) ?? (code <= 0x10ffff ? String.fromCodePoint(code) : ' ');
  },
};

const decoders = [backslash, percent, entity];

/** JSON in JSON in an address, and no deeper. */
const deepest = 3;

/** The text itself, and every text that it may stand for: decoded in each way, once and again. */
export function decodedTexts(text: string): readonly DecodedText[] {
  const places = Array.from({ length: text.length }, (_, index) => index);
  const source: DecodedText = { text, starts: places, ends: places.map((place) => place + 1) };
  const all = new Map([[text, source]]);
  let latest = [source];
  for (let depth = 0; depth < deepest; depth++) {
    const decoded = latest.flatMap((each) => decoders.map((decoder) => decode(each, decoder)));
    latest = decoded.filter((each) => !all.has(each.text));
    for (const each of latest) all.set(each.text, each);
  }
  return [...all.values()];
}

/**
 * What is the same in a text that was laid out anew, or sent as a form: a run of white space and of plus signs, and of
 * single quotes, which YAML doubles.
 */
const layout: Decoder = {
  pattern: /[\s+]+|'+/g,
  meaning: (written) => (written.startsWith("'") ? "'" : ' '),
};

export function withoutLayout(text: DecodedText): DecodedText {
  return decode(text, layout);
}

export function textWithoutLayout(text: string): string {
  return text.replace(layout.pattern, layout.meaning);
}

function decode({ text, starts, ends }: DecodedText, { pattern, meaning }: Decoder): DecodedText {
  const decoded = { text: '', starts: [] as number[], ends: [] as number[] };
  let at = 0;
  const copyTo = (end: number) => {
    decoded.text += text.slice(at, end);
    for (; at < end; at++) {
      decoded.starts.push(starts[at] ?? 0);
      decoded.ends.push(ends[at] ?? 0);
    }
  };
  for (const { 0: written, index } of text.matchAll(pattern)) {
    copyTo(index);
    const meant = meaning(written);
    at = index + written.length;
    decoded.text += meant;
    decoded.starts.push(...Array.from({ length: meant.length }, () => starts[index] ?? 0));
    decoded.ends.push(...Array.from({ length: meant.length }, () => ends[at - 1] ?? 0));
  }
  copyTo(text.length);
  return decoded;
}
