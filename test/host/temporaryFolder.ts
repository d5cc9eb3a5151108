import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './atExit';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** A new empty folder that is removed when asked, and at the latest when this process ends. */
export function temporaryFolder(prefix: string): TemporaryFolder {
  // The real path, because on macOS the folder for temporary files is a link and VS Code shows resolved paths.
  const path = realpathSync(mkdtempSync(join(tmpdir(), `${prefix}-`)));
  const remove = (): void => {
    forget();
    // A process that was told to stop a moment ago may still hold a file open, on Windows above all.
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const forget = atExit(remove);
  return { path, remove };
}
