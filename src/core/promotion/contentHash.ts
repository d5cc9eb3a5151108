import { YamlTemplate } from '../parameters/renderYaml';
import type { DigestAlgorithm, Hashing } from '../ports';
import type { Substitution } from '../registry/types';

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
  // What a runtime is documented to answer with, in thousands of cells.
  if (/^[0-9a-f]{64}$/.test(text)) return { algorithm: 'sha256', hex: text };
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

/** A text that many environments share: each digest of it is computed once, and it is parsed once. */
export class TextDigests {
  private readonly known: Partial<Record<DigestAlgorithm, string>> = {};
  private lf: TextDigests | undefined;
  private knownTemplate: YamlTemplate | undefined;

  constructor(
    readonly hashing: Hashing,
    readonly text: string,
  ) {}

  get template(): YamlTemplate {
    this.knownTemplate ??= new YamlTemplate(this.text);
    return this.knownTemplate;
  }

  digest(algorithm: DigestAlgorithm): string {
    return (this.known[algorithm] ??= this.hashing.digest(algorithm, this.text));
  }

  /** Of the text with LF line ends; undefined where that is the text itself. */
  lfDigest(algorithm: DigestAlgorithm): string | undefined {
    if (!this.text.includes('\r')) return undefined;
    this.lf ??= new TextDigests(this.hashing, withLf(this.text));
    return this.lf.digest(algorithm);
  }
}

function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** What the texts are made of whose digests a runtime may have. */
export interface ContentForms {
  /** The YAML as it is on disk now. */
  readonly source: TextDigests;
  readonly substitution: Substitution;
  /** The values that belong into the YAML, asked for only where they matter; undefined where not all are known. */
  readonly values: ReadonlyMap<string, string> | undefined;
}

/** The digests of a flow's content as it is now, never of an older one. Each is computed when asked for, once. */
export class ContentDigests {
  private rendered: Map<string, string | undefined> | undefined;

  constructor(private readonly forms: ContentForms) {}

  /** Hashes are of the YAML with the values in it: other values have another one. */
  coversValues(scheme: HashVariant | undefined): boolean {
    return this.forms.substitution === 'client' || scheme === 'rendered';
  }

  /** SHA-256 of the YAML on disk: what the records know the content by. */
  get sha256(): string {
    return this.forms.source.digest('sha256');
  }

  /**
   * Whether a hash that matches nothing tells anything. `scheme` is what hashes are made of there; it is not known here
   * where values belong into it that are not, or cannot be put in.
   */
  isComparable(scheme: HashVariant = 'sent'): boolean {
    if (this.forms.substitution === 'runtime' && scheme !== 'rendered') return true;
    return this.renderedDigest('sha256') !== undefined;
  }

  /** The form whose digest is `hash`, trying `preferred` first; undefined where none matches. */
  matching(hash: RecognisedHash, preferred: HashVariant = 'sent'): HashVariant | undefined {
    return this.isMatched(hash, preferred) ? preferred : variants.find((variant) => this.isMatched(hash, variant));
  }

  /**
   * The same where a runtime's way of making hashes is known, for states of thousands of cells: a runtime has one way, and
   * what it makes of the YAML costs a parse to find out, so that is tried only where hashes are, or may be, made of it.
   */
  matchingScheme(hash: RecognisedHash, scheme: HashVariant | undefined): HashVariant | undefined {
    if (scheme === undefined || scheme === 'rendered') return this.matching(hash, scheme);
    if (this.isMatched(hash, scheme)) return scheme;
    const other = scheme === 'sent' ? 'lf' : 'sent';
    return this.isMatched(hash, other) ? other : undefined;
  }

  private isMatched({ algorithm, hex }: RecognisedHash, variant: HashVariant): boolean {
    return this.digest(algorithm, variant) === hex;
  }

  private digest(algorithm: DigestAlgorithm, variant: HashVariant): string | undefined {
    const { source, substitution } = this.forms;
    if (variant === 'rendered') return this.isRenderedThere ? this.renderedDigest(algorithm) : undefined;
    if (substitution === 'client') return this.renderedDigest(algorithm, variant === 'lf');
    return variant === 'sent' ? source.digest(algorithm) : source.lfDigest(algorithm);
  }

  /** Where nothing is put in, what the runtime makes of the YAML is the YAML. */
  get isRenderedThere(): boolean {
    return this.forms.substitution === 'runtime' && this.forms.values?.size !== 0;
  }

  /** The text itself is not kept: it may be large, there is one per environment, and an operation's holds secrets. */
  private renderedDigest(algorithm: DigestAlgorithm, isLf = false): string | undefined {
    this.rendered ??= new Map();
    const key = isLf ? `${algorithm} lf` : algorithm;
    if (!this.rendered.has(key)) this.rendered.set(key, this.digestOfRendered(algorithm, isLf));
    return this.rendered.get(key);
  }

  private digestOfRendered(algorithm: DigestAlgorithm, isLf: boolean): string | undefined {
    const text = this.renderedText();
    if (text === undefined || (isLf && !text.includes('\r'))) return undefined;
    return this.forms.source.hashing.digest(algorithm, isLf ? withLf(text) : text);
  }

  private renderedText(): string | undefined {
    const { source, values } = this.forms;
    const result = values && source.template.render(values);
    return result?.kind === 'rendered' ? result.text : undefined;
  }
}

const variants: readonly HashVariant[] = ['sent', 'lf', 'rendered'];
