import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Zlib's own 16 KiB make thousands of steps of a large answer. In bytes. */
const chunkSize = 256 * 1024;

/** What the client asks for; the others are understood when a proxy insists. */
export const acceptedEncoding = 'gzip';

export type DecompressedBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** Stops at `maxBytes` of output: a few kilobytes may unfold to gigabytes. */
export async function decompressBody(
  bytes: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<DecompressedBody> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity' || name === '' || bytes.length === 0) return { kind: 'bytes', bytes };
  if (!isKnown(name)) return { kind: 'unreadable', detail: `the answer is encoded as "${name}"` };
  try {
    return { kind: 'bytes', bytes: await decoders[name](bytes, { maxOutputLength: maxBytes, chunkSize }) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      return { kind: 'too-large' };
    return { kind: 'unreadable', detail: `the answer says that it is ${name}, and is not` };
  }
}

function isKnown(name: string): name is keyof typeof decoders {
  return Object.hasOwn(decoders, name);
}
