import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { VscodeWindow } from '../host/window';

/** What the extension keeps for the workspace of a window. */
function storageFolder({ userDataDir }: VscodeWindow): string {
  const all = join(userDataDir, 'User', 'workspaceStorage');
  const own = readdirSync(all).filter((name) => readdirSync(join(all, name)).includes('pipebase.pipebase'));
  if (own.length !== 1) throw new Error(`There are ${own.length} storage folders, not one.`);
  return join(all, own[0] ?? '', 'pipebase.pipebase');
}

/** The YAML that a local environment has of a flow, byte for byte; undefined where it has none. */
export function deployedYaml(window: VscodeWindow, environment: string, flow: string): Buffer | undefined {
  const folders = join(storageFolder(window), 'local-environments');
  const [folder = ''] = readdirSync(folders);
  try {
    return readFileSync(join(folders, folder, environment, `${flow}.camel.yaml`));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export interface LoggedOperation {
  readonly phase: string;
  readonly action: string;
  readonly flow: string;
  readonly environment: string;
  readonly outcome?: string;
}

/** The operations log, oldest first. */
export function operationsLog(window: VscodeWindow): LoggedOperation[] {
  return readFileSync(join(storageFolder(window), 'operations.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LoggedOperation);
}
