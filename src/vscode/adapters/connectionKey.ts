import type { Environment } from '../../core/registry/types';

/** Another one where the environment is another, or is reached otherwise: what was read there says nothing then. */
export function connectionKey({ id, url, tls, timeoutMs, allowInsecure }: Environment): string {
  return JSON.stringify([id, url, tls.caFile, tls.certFile, tls.keyFile, timeoutMs, allowInsecure]);
}
