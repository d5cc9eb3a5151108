import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

/** Canonical shapes (decided): a larger body is answered with 413. */
export const maxBodyBytes = 8 * 1024 * 1024;

/** Up to here the rest of a body that is too large is read and thrown away, so that its sender gets to the answer. */
const maxSkippedBytes = 64 * 1024 * 1024;

/** The body as text. Refuses with 413 what is over 8 MiB, and with 400 what is not UTF-8. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxSkippedBytes) break;
    if (size <= maxBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > maxBodyBytes) {
    throw new Refusal(413, `The body is larger than ${maxBodyBytes / 1024 / 1024} MiB.`, { connection: 'close' });
  }
  return decodeUtf8(Buffer.concat(chunks)) ?? refuseEncoding();
}

/** Undefined where the bytes are not UTF-8. A byte order mark stays: it is part of what a hash is made of. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuseEncoding(): never {
  throw new Refusal(400, 'The body is not UTF-8 text.');
}
