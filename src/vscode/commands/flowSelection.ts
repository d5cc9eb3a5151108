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
 * What a tree with several selected items hands to a command: the item that was clicked, and all that are selected.
 * Undefined where a flow was not clicked, or is alone: then the first argument says it all. Only flows of the clicked
 * one's folder belong together; `others` says whether there were more.
 */
export function flowSelection(
  clicked: unknown,
  selected: unknown,
  store: WorkspaceStore,
): (FlowSelection & { readonly others: boolean }) | undefined {
  const [first] = nodesSchema.safeParse([clicked]).data ?? [];
  if (first?.target.kind !== 'flow') {
    return undefined;
  }
  const nodes = nodesSchema.safeParse(selected).data ?? [];
  const targets = nodes.map(({ target }) => target).filter(({ kind }) => kind === 'flow');
  const folder = store.folder(first.target.folder);
  const ids = targets.flatMap(({ folder: key, flow }) =>
    key === first.target.folder && flow !== undefined ? [flow] : [],
  );
  const flows = [...new Set(ids)];
  const others = targets.some(({ folder: key }) => key !== first.target.folder);
  return folder && targets.length > 1 ? { folder, flows, others } : undefined;
}
