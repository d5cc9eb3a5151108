import { EventEmitter, type Event, type TreeDataProvider, type TreeItem } from 'vscode';
import type { TreeNode } from './treeNode';

/** Where a tree gets its nodes from, once somebody looks. */
export interface TreeSource {
  children(parent: TreeNode | undefined): readonly TreeNode[] | Promise<readonly TreeNode[]>;
}

/** A tree that is registered at activation and loads what fills it when it is first shown. */
export class LazyTreeDataProvider implements TreeDataProvider<TreeNode> {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData: Event<undefined> = this.changed.event;

  constructor(private readonly source: () => Promise<TreeSource>) {}

  refresh(): void {
    this.changed.fire(undefined);
  }

  getTreeItem(node: TreeNode): TreeItem {
    return node.item;
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    return [...(await (await this.source()).children(parent))];
  }
}
