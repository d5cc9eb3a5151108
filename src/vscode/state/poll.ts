import { Disposable, window, workspace } from 'vscode';
import type { WorkspaceStore } from './workspaceStore';

const settingName = 'refresh.intervalSeconds';
/** A repository's settings must not be able to hammer a runtime. */
const leastSeconds = 5;

/** How old a reading may be before somebody who looks again gets a new one. */
export function refreshIntervalMs(): number {
  const seconds = workspace.getConfiguration('pipebase').get<number>(settingName, 30);
  return seconds > 0 ? Math.max(seconds, leastSeconds) * 1000 : 0;
}

/**
 * Reads the environments again and again while a view of ours is visible and the window has the focus, and only then.
 * Where none answers, the pause doubles up to ten times the setting.
 */
export function poll(store: WorkspaceStore, isVisible: () => boolean): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let backOff = 1;
  let isDisposed = false;

  const tick = async (): Promise<void> => {
    try {
      if (isVisible() && window.state.focused && workspace.isTrusted) {
        await store.readAll();
        backOff = hasAnswer(store) ? 1 : Math.min(backOff * 2, 10);
      }
    } finally {
      schedule();
    }
  };
  const schedule = (): void => {
    clearTimeout(timer);
    const intervalMs = refreshIntervalMs();
    if (intervalMs > 0 && !isDisposed) {
      timer = setTimeout(() => void tick(), intervalMs * backOff);
    }
  };
  schedule();
  return Disposable.from(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pipebase.refresh')) {
        schedule();
      }
    }),
    new Disposable(() => {
      isDisposed = true;
      clearTimeout(timer);
    }),
  );
}

function hasAnswer(store: WorkspaceStore): boolean {
  return store.folders.some(({ state }) => [...state.readings.values()].some(({ kind }) => kind === 'read'));
}
