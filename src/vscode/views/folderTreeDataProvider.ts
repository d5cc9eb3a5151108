import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { FolderState } from '../state/folderState';
import type { WorkspaceStore } from '../state/workspaceStore';
import type { TreeSource } from './lazyTreeDataProvider';
import type { TreeNode } from './treeNode';

/** What folders with a registry hold; a folder has a node of its own only where there are several. */
export abstract class FolderTreeDataProvider implements TreeSource {
  constructor(protected readonly store: WorkspaceStore) {}

  async children(parent: TreeNode | undefined): Promise<readonly TreeNode[]> {
    await this.store.ready();
    if (!parent) {
      return this.roots();
    }
    const state = this.store.folder(parent.target.folder)?.state;
    if (!state) {
      return [];
    }
    return parent.target.kind === 'folder' ? this.top(state) : this.below(state, parent);
  }

  protected abstract top(state: FolderState): readonly TreeNode[];
  protected abstract below(state: FolderState, parent: TreeNode): readonly TreeNode[];

  private roots(): readonly TreeNode[] {
    const withRegistry = this.store.folders.filter(({ state }) => state.registry !== undefined);
    const [only] = withRegistry;
    return withRegistry.length === 1 && only
      ? this.top(only.state)
      : withRegistry.map(({ name, state }) => folderNode(name, state));
  }
}

function folderNode(name: string, state: FolderState): TreeNode {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.id = `folder ${state.folder}`;
  item.iconPath = ThemeIcon.Folder;
  item.contextValue = 'folder';
  return { item, target: { kind: 'folder', folder: state.folder } };
}
