import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { atExit } from './atExit';

/**
 * Fills a folder once and for all. It is filled under another name beside its place and then renamed, so that an
 * interrupted install is never taken for a whole one, and two processes that install at once do not break each other:
 * the first to finish wins, and the other one uses the winner's folder.
 *
 * @param fill gets the folder to fill, which exists and is empty
 */
export async function installOnce(folder: string, fill: (staging: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}.partial-`);
  const forget = atExit(() => {
    rmSync(staging, { recursive: true, force: true });
  });
  try {
    await fill(staging);
    await takePlace(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
    forget();
  }
}

async function takePlace(staging: string, folder: string): Promise<void> {
  try {
    await rename(staging, folder);
  } catch (error) {
    // A folder that is not empty cannot be replaced: somebody else was faster.
    if (!existsSync(folder)) throw error;
  }
}
