import { Disposable, window, workspace } from 'vscode';
import { clampInterval } from './clampInterval';
import { PollTurns } from './pollTurns';
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
      const places = new Map(store.folders.flatMap(placesOf));
      turns.turn([...places.keys()], (place) => places.get(place)?.() ?? Promise.resolve(false));
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

/** The environments of a folder, and how each is read: whether it answered. */
function placesOf({ store, state }: StoredFolder): [string, () => Promise<boolean>][] {
  return (state.registry?.environments ?? []).map(({ id }) => [
    JSON.stringify([state.folder, id]),
    async () => {
      await store.read(id);
      return store.state.readings.get(id)?.kind === 'read';
    },
  ]);
}
