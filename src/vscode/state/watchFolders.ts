import { Disposable, FileType, RelativePattern, workspace, type Uri, type WorkspaceFolder } from 'vscode';

const pauseMs = 100;

/**
 * Calls `changed` when a folder appears, or one goes that held a flow: for a folder that is moved or deleted as a whole
 * there is one event, and none for the files in it. Many at once, as a checkout makes them, are one call.
 */
export function watchFolders(
  folder: WorkspaceFolder,
  heldFlow: (gone: Uri) => boolean,
  changed: () => void,
): Disposable {
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '**'), false, true, false);
  let timer: NodeJS.Timeout | undefined;
  const changeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, pauseMs);
  };
  return Disposable.from(
    watcher,
    watcher.onDidCreate(async (uri) => {
      if (await isFolder(uri)) {
        changeSoon();
      }
    }),
    watcher.onDidDelete((uri) => {
      if (heldFlow(uri)) {
        changeSoon();
      }
    }),
    new Disposable(() => {
      clearTimeout(timer);
    }),
  );
}

async function isFolder(uri: Uri): Promise<boolean> {
  try {
    return ((await workspace.fs.stat(uri)).type & FileType.Directory) !== 0;
  } catch {
    // Gone again.
    return false;
  }
}
