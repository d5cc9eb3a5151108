import { workspace, type Disposable, type TreeView } from 'vscode';
import { readingOf } from '../../core/promotion/promotionState';
import { localPlaceOf } from '../state/folderState';
import type { WorkspaceStore } from '../state/workspaceStore';
import type { TreeNode } from './treeNode';

/** One line above a tree that has items and yet cannot do its work: in Restricted Mode, or without a token. */
export function showViewMessages(
  store: WorkspaceStore,
  flows: TreeView<TreeNode>,
  environments: TreeView<TreeNode>,
): Disposable {
  const update = (): void => {
    const restricted = workspace.isTrusted ? undefined : 'Restricted Mode: nothing is sent to a runtime.';
    setMessage(flows, store.folders.some(({ state }) => state.flows.length > 0) ? restricted : undefined);
    setMessage(environments, restricted ?? missingTokens(store));
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

function missingTokens({ folders }: WorkspaceStore): string | undefined {
  const labels = folders.flatMap(({ state }) =>
    (state.registry?.environments ?? [])
      .filter((environment) => {
        const reading = readingOf(state, environment.id);
        const isMissing = reading.kind === 'failed' && reading.reason === 'no-token';
        return isMissing && localPlaceOf(state, environment) !== 'another-program';
      })
      .map(({ label }) => label),
  );
  return labels.length === 0
    ? undefined
    : `No deploy token is stored here for ${labels.join(', ')}. Set it with the key beside the environment.`;
}
