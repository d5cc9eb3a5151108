import { decodedUri } from '../../core/decodedUri';
import { visibleText } from '../../core/displayText';
import type { Flow } from '../../core/flows/types';

const known = new WeakMap<readonly Flow[], ReadonlySet<Flow>>();

/** The flows that another one has the name or the id of: they are told apart by their paths. */
export function alikeFlows(flows: readonly Flow[]): ReadonlySet<Flow> {
  const alike = known.get(flows) ?? findAlike(flows);
  known.set(flows, alike);
  return alike;
}

function findAlike(flows: readonly Flow[]): ReadonlySet<Flow> {
  const counts = new Map<string, number>();
  for (const { displayName } of flows) {
    counts.set(displayName, (counts.get(displayName) ?? 0) + 1);
  }
  return new Set(
    flows.filter(({ displayName, hasDuplicateId }) => hasDuplicateId || (counts.get(displayName) ?? 0) > 1),
  );
}

/** Of the flow's YAML, relative to its workspace folder, which is given by its URI text. */
export function flowPath(folder: string, { file }: Flow): string {
  return visibleText(decodedUri(file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file));
}
