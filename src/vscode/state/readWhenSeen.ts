import { Disposable, window, type TreeView } from 'vscode';
import type { Log } from '../../core/ports';
import { logFailure } from './logFailure';
import { refreshIntervalMs } from './poll';
import type { WorkspaceStore } from './workspaceStore';

/** Reads what is old when somebody looks again: at one of `views`, at an editor, or at the window. */
export function readWhenSeen(
  store: WorkspaceStore,
  isVisible: () => boolean,
  views: readonly TreeView<unknown>[],
  log: Log,
): Disposable {
  const look = async (): Promise<void> => {
    if (isVisible()) {
      await store.readOlderThan(refreshIntervalMs() || Infinity);
    }
  };
  const lookNow = (): void => {
    void logFailure(look(), 'What is seen could not be read', log);
  };
  void logFailure(store.ready().then(look), 'The files of this window could not be read', log);
  return Disposable.from(
    ...views.map((view) => view.onDidChangeVisibility(lookNow)),
    window.onDidChangeVisibleTextEditors(lookNow),
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        lookNow();
      }
    }),
  );
}
