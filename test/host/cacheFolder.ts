import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where downloads of hundreds of megabytes live: outside the checkout, so that a fresh clone finds them again.
 *
 * @returns an absolute path, which need not exist yet
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  const base = env.XDG_CACHE_HOME;
  // The XDG specification says to ignore an empty value.
  return join(base === undefined || base === '' ? join(home, '.cache') : base, 'pipebase-vscode');
}
