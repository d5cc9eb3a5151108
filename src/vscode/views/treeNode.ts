import type { TreeItem } from 'vscode';

/** What a tree item stands for; commands started from it receive it. `folder` is a workspace folder's URI text. */
export type NodeTarget =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'flow'; readonly folder: string; readonly flow: string; readonly file: string }
  | { readonly kind: 'cell'; readonly folder: string; readonly flow: string; readonly environment: string }
  | { readonly kind: 'environment'; readonly folder: string; readonly environment: string }
  | { readonly kind: 'strayFlow'; readonly folder: string; readonly flow: string; readonly environment: string }
  | { readonly kind: 'text'; readonly folder: string };

/** A tree item with what it stands for. Its id never changes with its state. */
export interface TreeNode {
  readonly item: TreeItem;
  readonly target: NodeTarget;
}
