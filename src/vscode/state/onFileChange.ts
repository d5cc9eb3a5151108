import { dirname, basename } from 'node:path';
import { Disposable, RelativePattern, Uri, workspace } from 'vscode';

/** Calls `changed` after a file outside of the workspace was made or grew. */
export function onFileChange(path: string, changed: () => Promise<void>): Disposable {
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.file(dirname(path)), basename(path)));
  return Disposable.from(watcher, watcher.onDidCreate(changed), watcher.onDidChange(changed));
}
