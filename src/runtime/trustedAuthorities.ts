import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

export type GetAuthorities = (store: 'default' | 'system') => string[];

/** Where Linux distributions keep their authorities in one file. */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
];

/**
 * Node's own authorities, the system's, and the given ones, as PEM texts. `undefined` where Node's default is all
 * there is: naming a list replaces the default, so the list has to repeat it.
 *
 * Node 22.15 and later reads the system's store (Windows, macOS, and OpenSSL's with `SSL_CERT_FILE` elsewhere); for an
 * older one the usual files of Linux are read here.
 */
export function trustedAuthorities(
  given: readonly string[],
  getAuthorities = (tls as { getCACertificates?: GetAuthorities }).getCACertificates,
): string[] | undefined {
  const system = getAuthorities === undefined ? systemBundle() : readStore(getAuthorities, 'system');
  if (system.length === 0 && given.length === 0) return undefined;
  const standard = getAuthorities === undefined ? standardAuthorities() : readStore(getAuthorities, 'default');
  return [...new Set([...standard, ...system, ...given])];
}

/** A system store that cannot be read must not keep anybody from a runtime with a public certificate. */
function readStore(getAuthorities: GetAuthorities, store: 'default' | 'system'): string[] {
  try {
    return getAuthorities(store);
  } catch {
    return store === 'default' ? standardAuthorities() : [];
  }
}

function systemBundle(): string[] {
  if (process.platform !== 'linux') return [];
  const { SSL_CERT_FILE: named } = process.env;
  for (const file of named ? [named] : systemFiles) {
    const [bundle] = readAuthorities(file);
    if (bundle !== undefined) return bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  }
  return [];
}

function standardAuthorities(): string[] {
  const { NODE_EXTRA_CA_CERTS: extra } = process.env;
  return [...tls.rootCertificates, ...(extra ? readAuthorities(extra) : [])];
}

/** Node itself only warns about a file that cannot be read. */
function readAuthorities(file: string): string[] {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}
