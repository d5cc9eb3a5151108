import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packedReadme } from './packedReadme';
import { repositoryFolder } from './repositoryFolder';
import { runCommand } from './runCommand';

/** Builds the extension for production, into `dist/`. */
export async function buildExtension(): Promise<void> {
  await runCommand(process.execPath, ['esbuild.mjs', '--production'], { cwd: repositoryFolder });
}

/** The README that is packed, as vsce names it. */
export const readmePath = 'out/README.md';

/**
 * Packages what has been built as a person would install it.
 *
 * @returns the VSIX's path
 */
export async function packageExtension(vsix: string = join(repositoryFolder, 'out', 'pipebase.vsix')): Promise<string> {
  mkdirSync(dirname(vsix), { recursive: true });
  const readme = readFileSync(join(repositoryFolder, 'README.md'), 'utf8');
  writeFileSync(join(repositoryFolder, readmePath), packedReadme(readme));
  const vsce = join(repositoryFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  // Everything is bundled: what package.json calls dependencies is in dist/ already. Without a repository in package.json
  // vsce refuses a README with a picture or a link that leads nowhere.
  await runCommand(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--readme-path', readmePath, '--out', vsix],
    { cwd: repositoryFolder },
  );
  return vsix;
}
