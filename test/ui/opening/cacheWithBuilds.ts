import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../host/cacheFolder';
import { ensureBrowser } from '../../host/browser';
import { ensureServerBuild } from '../../host/serverBuild';

/** What `npm start` itself writes: a person's own must not be touched. */
const ownFolders = ['start', 'sample-workspace', 'start-camel', 'sample-workspace-camel'];

/**
 * A cache folder (for `XDG_CACHE_HOME`) that has what was downloaded already, and nothing that `npm start` left.
 *
 * @returns the folder that {@link cacheFolder} answers there
 */
export async function cacheWithBuilds(root: string): Promise<string> {
  await ensureServerBuild();
  await ensureBrowser();
  const cache = cacheFolder({ XDG_CACHE_HOME: root });
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cacheFolder()).filter((name) => !ownFolders.includes(name))) {
    symlinkSync(join(cacheFolder(), name), join(cache, name), 'junction');
  }
  return cache;
}
