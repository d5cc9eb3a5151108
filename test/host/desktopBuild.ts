import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cacheFolder } from './cacheFolder';
import { repositoryFolder } from './repositoryFolder';

export interface DesktopBuild {
  readonly version: string;
  readonly executable: string;
}

const downloadSite = 'https://update.code.visualstudio.com/api/releases/stable';
const probeMs = 4000;

/** Downloads a desktop VS Code into the cache folder, unless it is there. */
export async function ensureDesktopBuild(version: string = desktopVersion()): Promise<DesktopBuild> {
  const cachePath = join(cacheFolder(), 'vscode-test');
  const executable = await downloadAndUnzipVSCode({ version, cachePath });
  return { version, executable };
}

/** Whether the place that test-electron downloads VS Code from answers within a few seconds. */
export async function canDownloadDesktop(): Promise<boolean> {
  try {
    const response = await fetch(downloadSite, { signal: AbortSignal.timeout(probeMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Which VS Code to download: `PIPEBASE_VSCODE_VERSION` is a version, `stable` (the default), or `minimum`, the oldest that
 * package.json says the extension works with.
 */
export function desktopVersion(env: NodeJS.ProcessEnv = process.env, engines: () => string = engineRange): string {
  const wanted = env.PIPEBASE_VSCODE_VERSION;
  if (wanted === undefined || wanted === '' || wanted === 'stable') return 'stable';
  const version = wanted === 'minimum' ? engines().replace(/^[\^~>=]*/, '') : wanted;
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`PIPEBASE_VSCODE_VERSION is "${wanted}"; it can be stable, minimum or a version such as 1.100.0.`);
  }
  return version;
}

function engineRange(): string {
  const manifest = JSON.parse(readFileSync(join(repositoryFolder, 'package.json'), 'utf8')) as {
    engines: { vscode: string };
  };
  return manifest.engines.vscode;
}
