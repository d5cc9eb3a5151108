import { createSecureContext, type SecureContext } from 'node:tls';
import type { TlsMaterial } from './runtimeClientOptions';
import { trustedAuthorities } from './trustedAuthorities';

/** Of the environments that name no files of their own. */
let shared: { readonly context: SecureContext | undefined } | undefined;

/**
 * What an environment trusts, and shows: made once, because reading some three hundred certificates takes longer than
 * the connection that they are for. Undefined where Node's default will do. Throws OpenSSL's error, with its code, for
 * texts that are no PEM.
 */
export function secureContextFor({ ca = [], cert, key }: TlsMaterial): SecureContext | undefined {
  if (ca.length === 0 && cert === undefined && key === undefined) {
    shared ??= { context: contextOf({}) };
    return shared.context;
  }
  return contextOf({ ca, ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) });
}

function contextOf({ ca: given = [], ...own }: TlsMaterial): SecureContext | undefined {
  const ca = trustedAuthorities(given);
  if (ca === undefined && Object.keys(own).length === 0) return undefined;
  return createSecureContext({ ...own, ...(ca === undefined ? {} : { ca }) });
}
