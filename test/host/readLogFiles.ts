import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** All `.log` files below a folder, those that say something, each under its path. Output channels are among them. */
export function readLogFiles(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => text.trim() !== '')
    .map(({ path, text }) => `=== ${relative(folder, path)}\n${text}`)
    .join('\n');
}
