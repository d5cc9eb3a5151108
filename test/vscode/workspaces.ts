import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of the folders that the windows open, by path. */
const workspaces = {
  plain: { 'README.md': '# Nothing of Pipebase here\n' },
} satisfies Record<string, Readonly<Record<string, string>>>;

export type WorkspaceName = keyof typeof workspaces;

/** Makes a folder to open, below `into`. */
export function makeWorkspace(name: WorkspaceName, into: string): string {
  for (const [path, text] of Object.entries(workspaces[name])) {
    const file = join(into, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(into, name);
}
