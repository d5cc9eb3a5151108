import { Disposable, window, workspace } from 'vscode';
import { connectionKey } from '../adapters/connectionKey';
import { clampInterval } from './clampInterval';
import { PollTurns, type PollPlace } from './pollTurns';
import type { StoredFolder, WorkspaceStore } from './workspaceStore';

/** How old a reading may be before somebody who looks again gets a new one. */
export function refreshIntervalMs(): number {
  return clampInterval(workspace.getConfiguration('pipebase').get<number>('refresh.intervalSeconds', 30));
}

/**
 * Reads the environments again and again while a view of ours is visible and the window has the focus, and only then.
 * Nothing waits for an answer: an environment that gives none has longer and longer pauses, and the others have not.
 */
export function poll(store: WorkspaceStore, isVisible: () => boolean): Disposable {
  const turns = new PollTurns();
  let timer: NodeJS.Timeout | undefined;

  const tick = (): void => {
    if (isVisible() && window.state.focused && workspace.isTrusted) {
      turns.turn(store.folders.flatMap(placesOf));
    }
  };
  const schedule = (): void => {
    clearInterval(timer);
    const intervalMs = refreshIntervalMs();
    timer = intervalMs > 0 ? setInterval(tick, intervalMs) : undefined;
  };
  schedule();
  return Disposable.from(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pipebase.refresh')) {
        schedule();
      }
    }),
    new Disposable(() => {
      clearInterval(timer);
    }),
  );
}

function placesOf({ store, state }: StoredFolder): readonly PollPlace[] {
  return (state.registry?.environments ?? []).map((environment) => ({
    key: JSON.stringify([state.folder, connectionKey(environment)]),
    answers: () => store.state.readings.get(environment.id)?.kind === 'read',
    read: () => store.read(environment.id),
  }));
}
