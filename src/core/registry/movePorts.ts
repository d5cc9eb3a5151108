import { setEnvironmentUrl, type RegistryEdit } from './editRegistry';
import { parseRegistry } from './parseRegistry';

export interface PortMove {
  readonly id: string;
  /** The URL whose port is taken. */
  readonly from: string;
  readonly port: number;
}

/** Gives local environments other ports. Refused as a whole where a URL is no longer the one that the move is about. */
export function movePorts(text: string, moves: readonly PortMove[]): RegistryEdit {
  const { environments } = parseRegistry(text, '');
  let moved = text;
  for (const { id, from, port } of moves) {
    const edit = setEnvironmentUrl(moved, id, `http://localhost:${port}`);
    if (edit.kind === 'refused') return edit;
    if (environments.find((environment) => environment.id === id)?.url !== from) {
      return { kind: 'refused', message: `The URL of ${id} is another by now.` };
    }
    moved = edit.text;
  }
  return { kind: 'edited', text: moved };
}
