import * as z from 'zod';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';

/** Several flows of one folder. */
export interface FlowSelection {
  readonly folder: StoredFolder;
  readonly flows: readonly string[];
}

const nodesSchema = z.array(
  z.object({ target: z.object({ kind: z.string(), folder: z.string(), flow: z.string().optional() }) }),
);

/**
 * What a tree with several selected items hands to a command as its second argument. Undefined where that is not more
 * than one flow: then the first argument says it all. Flows of other folders than the first one's are left out.
 */
export function flowSelection(selected: unknown, store: WorkspaceStore): FlowSelection | undefined {
  const nodes = nodesSchema.safeParse(selected).data ?? [];
  const targets = nodes.map(({ target }) => target).filter(({ kind }) => kind === 'flow');
  const folder = targets[0] && store.folder(targets[0].folder);
  const ids = targets.flatMap(({ folder: key, flow }) =>
    key === targets[0]?.folder && flow !== undefined ? [flow] : [],
  );
  const flows = [...new Set(ids)];
  return folder && flows.length > 1 ? { folder, flows } : undefined;
}
