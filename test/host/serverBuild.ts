import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeServerPackage, nodePackageFor, packageName, packageVersion, vscodeVersion } from './buildVersions';
import { cacheFolder } from './cacheFolder';
import { installOnce } from './installOnce';
import { npmInstall } from './npm';

/** VS Code as a web server, with the Node that runs it. Everything comes from the npm registry. */
export interface ServerBuild {
  readonly version: string;
  readonly node: string;
  readonly serverMain: string;
}

const nodeMajor = '24';
/** Part of the folder's name: raise it when the install below changes, so that an older one is not taken for it. */
const recipe = 'r2';

/** Finds the server build in the cache folder, or installs it there (once, about 600 MB). */
export async function ensureServerBuild(cache: string = cacheFolder()): Promise<ServerBuild> {
  const node = await ensureNode(cache);
  const folder = join(cache, `code-server-${packageVersion(codeServerPackage)}-${recipe}`);
  await installOnce(folder, async (staging) => {
    console.log(
      `Installing the VS Code server build ${vscodeVersion} from the npm registry (about 600 MB, once, into ${cache})…`,
    );
    await fillServer(staging);
    console.log('The VS Code server build is installed.');
  });
  return { version: vscodeVersion, node, serverMain: join(vscodeFolder(folder), 'out', 'server-main.js') };
}

/** A Node that can run VS Code's server: this one where it fits, else one from the npm registry. */
export async function ensureNode(cache: string = cacheFolder()): Promise<string> {
  if (process.versions.node.split('.')[0] === nodeMajor) return process.execPath;
  const wanted = nodePackageFor(process.platform, process.arch);
  const folder = join(cache, wanted.replace('@', '-'));
  await installOnce(folder, async (staging) => {
    console.log(`Installing Node ${packageVersion(wanted)} for the VS Code server from the npm registry…`);
    await startProject(staging);
    await npmInstall(staging, [wanted]);
  });
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', packageName(wanted), 'bin', binary);
}

/** Without install scripts nothing is compiled. Of what then lacks its native half, two packages are missed. */
async function fillServer(staging: string): Promise<void> {
  await startProject(staging);
  await npmInstall(staging, [codeServerPackage]);
  // The package's own install script would do these two.
  await npmInstall(vscodeFolder(staging), ['--omit=dev']);
  await npmInstall(join(vscodeFolder(staging), 'extensions'), ['--omit=dev']);
  await standIn(staging, 'spdlog');
  await standIn(staging, 'native-watchdog');
}

/** Gives one of VS Code's native packages a JavaScript that does the same. */
async function standIn(staging: string, name: 'spdlog' | 'native-watchdog'): Promise<void> {
  const folder = join(vscodeFolder(staging), 'node_modules', '@vscode', name);
  await copyFile(join(__dirname, 'standIns', `${name}.mjs`), join(folder, 'standIn.mjs'));
  const manifestPath = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as Record<string, unknown>;
  await writeFile(manifestPath, JSON.stringify({ ...manifest, main: './standIn.mjs' }, null, 2));
}

/** Without a package.json here npm would look for one further up. */
export async function startProject(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
}

function vscodeFolder(folder: string): string {
  return join(folder, 'node_modules', packageName(codeServerPackage), 'lib', 'vscode');
}
