import { workspace, type Disposable, type TreeView } from 'vscode';
import { missingTokens } from '../state/missingTokens';
import type { WorkspaceStore } from '../state/workspaceStore';
import type { TreeNode } from './treeNode';

/**
 * One line above a tree that has items and yet cannot do its work: in Restricted Mode, or without a token. A view that has
 * none says so by its welcome, which such a line would hide.
 */
export function showViewMessages(
  store: WorkspaceStore,
  flows: TreeView<TreeNode>,
  environments: TreeView<TreeNode>,
): Disposable {
  const update = (): void => {
    const restricted = workspace.isTrusted ? undefined : 'Restricted Mode: nothing is sent to a runtime.';
    const states = store.folders.map(({ state }) => state);
    const hasEnvironments = states.some(({ registry }) => (registry?.environments.length ?? 0) > 0);
    setMessage(flows, states.some((state) => state.flows.length > 0) ? restricted : undefined);
    setMessage(environments, hasEnvironments ? (restricted ?? tokenMessage(store)) : undefined);
  };
  update();
  return store.onDidChange(update);
}

/** Setting it to what it is would draw the view again; an empty text removes it. */
function setMessage(view: TreeView<TreeNode>, message = ''): void {
  if ((view.message ?? '') !== message) {
    view.message = message;
  }
}

function tokenMessage({ folders }: WorkspaceStore): string | undefined {
  const labels = folders.flatMap(({ state }) => missingTokens(state).map(({ label }) => label));
  return labels.length === 0
    ? undefined
    : `No deploy token is stored here for ${labels.join(', ')}. Set it with the key above, or the one beside the environment.`;
}
