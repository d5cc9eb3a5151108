import {
  EventEmitter,
  MarkdownString,
  type Disposable,
  type Event,
  type TreeDataProvider,
  type TreeItem,
} from 'vscode';
import type { TreeNode } from './treeNode';

/** Where a tree gets its nodes from, once somebody looks. */
export interface TreeSource {
  children(parent: TreeNode | undefined): readonly TreeNode[] | Promise<readonly TreeNode[]>;
}

/** What VS Code was given below a node, or at the top. */
interface Given {
  readonly parent: TreeNode | undefined;
  readonly looks: string;
}

/** How long changes are gathered, in milliseconds: they come in groups, one for each environment. */
const gatheringMs = 50;

/**
 * A tree that is registered at activation and loads what fills it when it is first shown. It is drawn anew only where
 * something in it looks otherwise than before: while VS Code draws a tree, a click on a row of it is lost.
 */
export class LazyTreeDataProvider implements TreeDataProvider<TreeNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData: Event<undefined> = this.changed.event;
  /** By the id of the parent, since VS Code last had to ask for everything. */
  private readonly given = new Map<string, Given>();
  private gathering: NodeJS.Timeout | undefined;

  constructor(private readonly source: () => Promise<TreeSource>) {}

  /** Says that something may have changed. */
  refresh(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.drawIfOutdated();
    }, gatheringMs);
  }

  getTreeItem(node: TreeNode): TreeItem {
    return node.item;
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    const id = parent?.item.id ?? '';
    try {
      const nodes = await this.nodes(parent);
      this.given.set(id, { parent, looks: looksOf(nodes) });
      return [...nodes];
    } catch (error) {
      // Whatever comes next looks otherwise.
      this.given.set(id, { parent, looks: '' });
      throw error;
    }
  }

  dispose(): void {
    clearTimeout(this.gathering);
    this.changed.dispose();
  }

  private async drawIfOutdated(): Promise<void> {
    // What cannot be told now is VS Code's to ask, and to show what is wrong.
    if (await this.isOutdated().catch(() => true)) {
      this.given.clear();
      this.changed.fire(undefined);
    }
  }

  private async isOutdated(): Promise<boolean> {
    for (const { parent, looks } of [...this.given.values()]) {
      if (looksOf(await this.nodes(parent)) !== looks) {
        return true;
      }
    }
    return false;
  }

  private async nodes(parent: TreeNode | undefined): Promise<readonly TreeNode[]> {
    return (await this.source()).children(parent);
  }
}

/** Everything that a row is drawn from, and what its commands are told. */
function looksOf(nodes: readonly TreeNode[]): string {
  return JSON.stringify(nodes, (_, value: unknown) => (value instanceof MarkdownString ? value.value : value));
}
