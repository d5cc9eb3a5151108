import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** All `.log` files below a folder, those that say something, each under its path. Output channels are among them. */
export function readLogFiles(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readIfThere(path) }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ path, text }) => `=== ${relative(folder, path)}\n${text}`)
    .join('\n');
}

/** VS Code may take a file away between the look at its folder and the look into it. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
