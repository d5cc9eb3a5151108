import type { Environment } from './types';

/** An environment that can run inside the editor. */
export interface LocalEnvironment extends Environment {
  readonly port: number;
}

/**
 * Those whose URL a local environment can answer at: plain http to `localhost` or `127.0.0.1`, where it listens, with a
 * port and without a path.
 */
export function localEnvironmentsIn(environments: readonly Environment[]): readonly LocalEnvironment[] {
  return environments.flatMap((environment) => {
    const { protocol, hostname, port, pathname } = new URL(environment.url);
    const isLocal = protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
    return isLocal && port !== '' && pathname === '/' ? [{ ...environment, port: Number(port) }] : [];
  });
}
