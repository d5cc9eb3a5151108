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

/** A row that VS Code was given, with all that it was drawn from. */
interface Row {
  readonly node: TreeNode;
  readonly looks: string;
}

/** What VS Code was given below a node, or at the top. Without rows it was given an error. */
interface Given {
  readonly parent: TreeNode | undefined;
  readonly rows?: readonly Row[];
}

/** How long changes are gathered, in milliseconds: they come in groups, one for each environment. */
const gatheringMs = 50;

/**
 * A tree that is registered at activation and loads what fills it when it is first shown. Only the rows that look
 * otherwise than before are drawn anew: while VS Code draws a row, a click on it is lost.
 */
export class LazyTreeDataProvider implements TreeDataProvider<TreeNode>, Disposable {
  private readonly changed = new EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData: Event<TreeNode[] | undefined> = this.changed.event;
  /** By the id of the parent; parents before what is below them. */
  private readonly given = new Map<string, Given>();
  private gathering: NodeJS.Timeout | undefined;

  constructor(private readonly source: () => Promise<TreeSource>) {}

  /** Says that something may have changed. */
  refresh(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      void this.drawOutdated();
    }, gatheringMs);
  }

  getTreeItem(node: TreeNode): TreeItem {
    return node.item;
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    try {
      const nodes = await this.nodes(parent);
      return this.give(parent, nodes).map(({ node }) => node);
    } catch (error) {
      this.given.set(idOf(parent), { parent });
      throw error;
    }
  }

  dispose(): void {
    clearTimeout(this.gathering);
    this.changed.dispose();
  }

  /** VS Code knows a row by its object: of one id there is one, which changes with what it stands for. */
  private give(parent: TreeNode | undefined, nodes: readonly TreeNode[]): readonly Row[] {
    const before = new Map(this.given.get(idOf(parent))?.rows?.map(({ node }) => [idOf(node), node]));
    const rows = nodes.map((node) => ({
      node: Object.assign(before.get(idOf(node)) ?? {}, node),
      looks: looksOf(node),
    }));
    this.given.set(idOf(parent), { parent, rows });
    return rows;
  }

  private async drawOutdated(): Promise<void> {
    // What cannot be told now is VS Code's to ask, and to show what is wrong.
    const outdated = await this.outdated().catch(() => 'all' as const);
    if (outdated === 'all') {
      this.given.clear();
      this.changed.fire(undefined);
    } else if (outdated.length > 0) {
      this.changed.fire(outdated);
    }
  }

  /** The rows that look otherwise now, or have others below them. */
  private async outdated(): Promise<TreeNode[] | 'all'> {
    const outdated: TreeNode[] = [];
    for (const id of [...this.given.keys()]) {
      const given = this.given.get(id);
      const rows = given && (await this.outdatedBelow(given));
      if (rows === 'all') return 'all';
      outdated.push(...(rows ?? []));
    }
    return outdated;
  }

  private async outdatedBelow({ parent, rows }: Given): Promise<readonly TreeNode[] | 'all'> {
    const nodes = await this.nodes(parent);
    if (rows && haveSameIds(rows, nodes)) {
      const changed = this.give(parent, nodes).filter(({ looks }, index) => looks !== rows[index]?.looks);
      changed.forEach(({ node }) => {
        this.forget(node);
      });
      return changed.map(({ node }) => node);
    }
    if (!parent) return 'all';
    this.forget(parent);
    return [parent];
  }

  /** VS Code asks again for all that is below a row that it draws anew. */
  private forget(parent: TreeNode): void {
    const rows = this.given.get(idOf(parent))?.rows ?? [];
    this.given.delete(idOf(parent));
    rows.forEach(({ node }) => {
      this.forget(node);
    });
  }

  private async nodes(parent: TreeNode | undefined): Promise<readonly TreeNode[]> {
    return (await this.source()).children(parent);
  }
}

function idOf(node: TreeNode | undefined): string {
  return node?.item.id ?? '';
}

function haveSameIds(rows: readonly Row[], nodes: readonly TreeNode[]): boolean {
  return rows.length === nodes.length && rows.every(({ node }, index) => idOf(node) === idOf(nodes[index]));
}

/** Everything that a row is drawn from, and what its commands are told. */
function looksOf(node: TreeNode): string {
  return JSON.stringify(node, (_, value: unknown) => (value instanceof MarkdownString ? value.value : value));
}
