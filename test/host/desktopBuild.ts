import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, ProxyAgent, fetch } from 'undici';
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
  mkdirSync(cachePath, { recursive: true });
  // It reads npm's proxy setting alone, once, when it is loaded.
  const proxy = proxyUrl();
  if (proxy !== undefined) process.env.npm_config_https_proxy = proxy;
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  const executable = await downloadAndUnzipVSCode({ version, cachePath });
  return { version, executable };
}

/** Whether the place that test-electron downloads VS Code from answers within a few seconds. */
export async function canDownloadDesktop(): Promise<boolean> {
  const proxy = proxyUrl();
  const dispatcher = proxy === undefined ? new Agent() : new ProxyAgent(proxy);
  try {
    const response = await fetch(downloadSite, { dispatcher, signal: AbortSignal.timeout(probeMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  } finally {
    await dispatcher.destroy();
  }
}

/** npm's own setting comes first, then what other programs go by. */
function proxyUrl({ env } = process): string | undefined {
  return [env.npm_config_https_proxy, env.npm_config_proxy, env.HTTPS_PROXY, env.https_proxy].find(Boolean);
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
