import { chooseProxy } from './chooseProxy';
import type { ProxySettings } from './runtimeClientOptions';

/**
 * The credentials that go to the proxy of an origin, in the forms in which they may be repeated; none where it has none.
 * A proxy that forwards a request, which is plain http then, may have them in its own answer.
 */
export function proxySecrets(
  origin: string,
  settings: ProxySettings,
  variables: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const { authorization } = chooseProxy(origin, settings, variables) ?? {};
  if (authorization === undefined) return [];
  const value = authorization.replace(/^\S+\s+/, '');
  if (!/^basic\s/i.test(authorization)) return [value];
  const credentials = Buffer.from(value, 'base64').toString();
  return [value, credentials, credentials.slice(credentials.indexOf(':') + 1)];
}
