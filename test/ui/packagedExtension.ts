import { join } from 'node:path';
import { repositoryFolder } from '../host/repositoryFolder';

/** The VSIX under test: what `npm run package` made, or the one that `PIPEBASE_VSIX` names. */
export function packagedExtension(): string {
  return process.env.PIPEBASE_VSIX ?? join(repositoryFolder, 'out', 'pipebase.vsix');
}
