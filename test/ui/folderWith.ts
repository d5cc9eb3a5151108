import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../host/temporaryFolder';

export interface Folder {
  readonly path: string;
  remove(): void;
}

/** A folder with these files, by their paths inside it. */
export function folderWith(name: string, files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const root = temporaryFolder('pipebase-folder');
  const path = join(root.path, name);
  mkdirSync(path);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  }
  return {
    path,
    remove: () => {
      root.remove();
    },
  };
}
