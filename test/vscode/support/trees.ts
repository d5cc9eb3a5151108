import type { TreeItem } from 'vscode';
import { treeDataProvider } from './registrations';

interface Node {
  readonly item: TreeItem;
}

export async function children(view: string, parent?: Node): Promise<readonly Node[]> {
  return (await treeDataProvider(view).getChildren(parent)) ?? [];
}

/** What the flows tree says of a flow in an environment, by the labels of both. */
export async function cell(flow: string, environment: string): Promise<string> {
  const parent = named(await children('pipebase.flows'), flow);
  return String(named(await children('pipebase.flows', parent), environment).item.description);
}

/** What stands beside an environment. */
export async function environmentRow(label: string): Promise<string> {
  return String(named(await children('pipebase.environments'), label).item.description);
}

function named(nodes: readonly Node[], label: string): Node {
  const found = nodes.find(({ item }) => item.label === label);
  if (!found) throw new Error(`no ${label} in the tree`);
  return found;
}
