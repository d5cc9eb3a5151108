import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Copies a folder so that a window can write to it. The copy keeps its name, because VS Code shows it. */
export function copyWorkspace(source: string, into: string): string {
  const copy = join(into, basename(source));
  cpSync(source, copy, { recursive: true });
  return copy;
}
