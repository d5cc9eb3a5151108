import { window } from 'vscode';
import type { LocalEnvironment } from '../../core/registry/localEnvironments';
import { movePorts, type PortMove } from '../../core/registry/movePorts';
import { findFreePort } from '../../local/freePorts';
import type { LocalEnvironmentStates } from '../../local/localEnvironments';
import { changeRegistry, openRegistry } from '../commands/changeRegistry';
import { plainText } from '../sentences/plainText';
import type { StoredFolder } from '../state/workspaceStore';
import { localEnvironmentsOf } from './localEnvironmentsStore';

/** True where pipebase.yaml was changed, at the person's word, to name ports that are free. */
export async function offerOtherPorts(folder: StoredFolder, states: LocalEnvironmentStates): Promise<boolean> {
  const blocked = localEnvironmentsOf(folder).filter(({ id }) => {
    const state = states.get(id);
    return state?.kind === 'port-in-use' && state.heldBy === 'another-program';
  });
  if (blocked.length === 0) {
    return false;
  }
  const moves = await freePortsFor(blocked, new Set(localEnvironmentsOf(folder).map(({ port }) => port)));
  const busy = blocked.map(({ label, port }) => `${label} (port ${String(port)})`).join(', ');
  const free = moves.map(({ id, port }) => `${id}: ${String(port)}`).join(', ');
  const use = moves.length === 1 ? `Use Port ${String(moves[0]?.port)}` : 'Use Other Ports';
  const answer = await window.showWarningMessage(
    plainText(
      `Another program uses the port of ${busy}, so no local environment was started there. Pipebase can change pipebase.yaml to ${free}.`,
    ),
    use,
  );
  const registry = answer === use && (await openRegistry(folder));
  return registry ? changeRegistry(registry, folder, movePorts(registry.text, moves)) : false;
}

async function freePortsFor(
  environments: readonly LocalEnvironment[],
  taken: Set<number>,
): Promise<readonly PortMove[]> {
  const moves: PortMove[] = [];
  for (const { id, url } of environments) {
    const port = await findFreePort(8181, taken);
    taken.add(port);
    moves.push({ id, from: url, port });
  }
  return moves;
}
