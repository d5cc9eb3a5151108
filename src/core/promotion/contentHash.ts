import type { DigestAlgorithm, Hashing } from '../ports';

/**
 * The bytes that a runtime's hash may be made of; neither algorithm nor bytes are documented (RUNTIME-API, decided).
 * `sent`: the text that a deploy would send now, byte for byte. `lf`: the same with LF line ends. `rendered`: what the
 * runtime makes of it with the parameters in force.
 */
export type HashVariant = 'sent' | 'lf' | 'rendered';

export interface RecognisedHash {
  readonly algorithm: DigestAlgorithm;
  /** Lower-case hex. */
  readonly hex: string;
}

const algorithmBySize: Readonly<Partial<Record<number, DigestAlgorithm>>> = {
  16: 'md5',
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
};

/** Reads a digest in hex, base64 or base64url, with or without a prefix such as `sha256:`; undefined where it is none. */
export function recogniseHash(text: string): RecognisedHash | undefined {
  const digest = text.trim().replace(/^(?:sha-?\d+|md5)[:-]/i, '');
  const hex = /^[0-9a-f]+$/i.test(digest) ? recognised(digest.toLowerCase()) : undefined;
  return hex ?? recognisedBase64(digest);
}

function recognised(hex: string): RecognisedHash | undefined {
  const algorithm = algorithmBySize[hex.length / 2];
  return algorithm && { algorithm, hex };
}

function recognisedBase64(text: string): RecognisedHash | undefined {
  const match = /^([A-Za-z0-9+/_-]+)={0,2}$/.exec(text);
  return match?.[1] === undefined ? undefined : recognised(hexOfBase64(match[1]));
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function hexOfBase64(text: string): string {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  let bits = 0;
  let held = 0;
  let hex = '';
  for (const character of standard) {
    bits = ((bits << 6) | base64Alphabet.indexOf(character)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      hex += ((bits >> held) & 0xff).toString(16).padStart(2, '0');
    }
  }
  return hex;
}

/** Computes each digest of a text once: one flow's YAML is the same for every environment. */
export function rememberDigests(hashing: Hashing): Hashing {
  const known = new Map<string, Map<DigestAlgorithm, string>>();
  return {
    ...hashing,
    digest: (algorithm, text) => {
      const ofText = known.get(text) ?? new Map<DigestAlgorithm, string>();
      known.set(text, ofText);
      const digest = ofText.get(algorithm) ?? hashing.digest(algorithm, text);
      ofText.set(algorithm, digest);
      return digest;
    },
  };
}

export interface ContentForms {
  /** The YAML as it is on disk now. */
  readonly source: string;
  /** What a deploy would send now; undefined where a parameter that belongs into it cannot be resolved. */
  readonly sent: string | undefined;
  /** What the runtime would make of it; called only where nothing cheaper matched. */
  readonly rendered?: () => string | undefined;
}

/** The digests of a flow's content as it is now, never of an older one. Each is computed when asked for, once. */
export class ContentDigests {
  private readonly digests = new Map<string, string | undefined>();

  constructor(
    private readonly hashing: Hashing,
    private readonly forms: ContentForms,
  ) {}

  /** False where a value is missing, so that nobody knows what a deploy would send. */
  get isComparable(): boolean {
    return this.forms.sent !== undefined;
  }

  /** SHA-256 of the YAML on disk: what the records know the content by. */
  get sha256(): string {
    return this.once('source', () => this.hashing.digest('sha256', this.forms.source)) ?? '';
  }

  /** The form whose digest is `hash`, trying `preferred` first; undefined where none matches. */
  matching(hash: RecognisedHash, preferred: HashVariant = 'sent'): HashVariant | undefined {
    const others = (['sent', 'lf', 'rendered'] as const).filter((variant) => variant !== preferred);
    return [preferred, ...others].find((variant) => this.digest(hash.algorithm, variant) === hash.hex);
  }

  private digest(algorithm: DigestAlgorithm, variant: HashVariant): string | undefined {
    return this.once(`${algorithm} ${variant}`, () => {
      const text = this.text(variant);
      return text === undefined ? undefined : this.hashing.digest(algorithm, text);
    });
  }

  private text(variant: HashVariant): string | undefined {
    switch (variant) {
      case 'sent':
        return this.forms.sent;
      case 'lf':
        return this.forms.sent?.includes('\r') ? this.forms.sent.replaceAll('\r\n', '\n') : undefined;
      case 'rendered':
        return this.forms.rendered?.();
    }
  }

  private once(key: string, compute: () => string | undefined): string | undefined {
    if (!this.digests.has(key)) {
      this.digests.set(key, compute());
    }
    return this.digests.get(key);
  }
}
