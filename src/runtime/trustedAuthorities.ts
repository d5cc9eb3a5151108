import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

type GetAuthorities = (store: 'default' | 'system') => string[];

/**
 * Node's own authorities, the system's, and the given ones, as PEM texts. `undefined` where Node's default is all
 * there is: naming a list replaces the default, so the list has to repeat it.
 */
export function trustedAuthorities(given: readonly string[]): string[] | undefined {
  // Node 20 has no such function; from 22.15 on it has.
  const getAuthorities = (tls as { getCACertificates?: GetAuthorities }).getCACertificates;
  const system = getAuthorities === undefined ? [] : readStore(getAuthorities, 'system');
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

function standardAuthorities(): string[] {
  return [...tls.rootCertificates, ...extraAuthorities(process.env.NODE_EXTRA_CA_CERTS)];
}

function extraAuthorities(file: string | undefined): string[] {
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return []; // Node itself only warns about such a file
  }
}
