import { Uri, workspace } from 'vscode';
import { visibleText } from '../../core/displayText';
import type { Flow } from '../../core/flows/types';

/** The flows that another one has the name or the id of: they are told apart by their paths. */
export function alikeFlows(flows: readonly Flow[]): ReadonlySet<Flow> {
  const counts = new Map<string, number>();
  for (const { displayName } of flows) {
    counts.set(displayName, (counts.get(displayName) ?? 0) + 1);
  }
  return new Set(
    flows.filter(({ displayName, hasDuplicateId }) => hasDuplicateId || (counts.get(displayName) ?? 0) > 1),
  );
}

/** Of the flow's YAML, relative to its workspace folder, as VS Code shows paths. */
export function flowPath({ file }: Flow): string {
  return visibleText(workspace.asRelativePath(Uri.parse(file), false));
}
