import { join } from 'node:path';
import { isLegalFlowId } from '../core/flows/flowId';
import { folderNameOf } from './flowFileName';

/** Where a local environment keeps its flows. Undefined for an id that cannot name a folder, which a reset removes. */
export function environmentFolder(storageDirectory: string, id: string): string | undefined {
  // What may stand in the name of a flow's file may stand in that of a folder.
  return isLegalFlowId(id) ? join(storageDirectory, folderNameOf(id)) : undefined;
}
