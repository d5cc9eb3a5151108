import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * What the address of a VS Code in the browser must hold, so that nobody else on this machine gets a terminal of the
 * person's by its port. The same from one start to the next: an address that was kept goes on working.
 *
 * @param file readable by this person alone; made where it is not there
 */
export function connectionToken(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
