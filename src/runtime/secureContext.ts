import { createHash } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { TlsMaterial } from './runtimeClientOptions';
import { trustedAuthorities } from './trustedAuthorities';

/** About two megabytes each. */
const mostKept = 16;

/** By a digest of what they are made of, the one used last at the end; undefined where Node's default will do. */
const kept = new Map<string, SecureContext | undefined>();

/**
 * What an environment trusts, and shows. Made once for the same texts, whichever environment brings them and however
 * often: reading some three hundred certificates takes about 100 ms, longer than the connection that they are for, and
 * after a TLS fault an environment's files are read again with every poll, because they may have been mended. Undefined
 * where Node's default will do. Throws OpenSSL's error, with its code, for texts that are no PEM.
 */
export function secureContextFor(material: TlsMaterial): SecureContext | undefined {
  const key = digestOf(material);
  const context = kept.has(key) ? kept.get(key) : contextOf(material);
  kept.delete(key);
  kept.set(key, context);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return context;
}

/** Not the texts themselves: one of them is a private key. */
function digestOf({ ca = [], cert, key }: TlsMaterial): string {
  return createHash('sha256')
    .update(JSON.stringify([ca, cert, key]))
    .digest('base64');
}

function contextOf({ ca: given = [], cert, key }: TlsMaterial): SecureContext | undefined {
  const ca = trustedAuthorities(given);
  const own = { ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) };
  if (ca === undefined && Object.keys(own).length === 0) return undefined;
  return createSecureContext({ ...own, ...(ca === undefined ? {} : { ca }) });
}
