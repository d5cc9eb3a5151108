import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFolder } from './repositoryFolder';
import { runCommand } from './runCommand';

/** Builds the extension for production, into `dist/`. */
export async function buildExtension(): Promise<void> {
  await runCommand(process.execPath, ['esbuild.mjs', '--production'], { cwd: repositoryFolder });
}

/**
 * Packages what has been built as a person would install it.
 *
 * @returns the VSIX's path
 */
export async function packageExtension(vsix: string = join(repositoryFolder, 'out', 'pipebase.vsix')): Promise<string> {
  mkdirSync(dirname(vsix), { recursive: true });
  const vsce = join(repositoryFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  // Everything is bundled: what package.json calls dependencies is in dist/ already.
  await runCommand(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix],
    { cwd: repositoryFolder },
  );
  return vsix;
}
