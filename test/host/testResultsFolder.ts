import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from './repositoryFolder';

/** The folder for what a test leaves behind when it fails, made when asked for: `out/test-results/<name>`. */
export function testResultsFolder(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 120);
  const folder = join(repositoryFolder, 'out', 'test-results', safe);
  mkdirSync(folder, { recursive: true });
  return folder;
}
