import type { Uri } from 'vscode';
import { Range, WorkspaceEdit, window, workspace, type TextDocument } from 'vscode';
import type { RegistryEdit } from '../../core/registry/editRegistry';
import { tell } from '../operations/tell';
import { readTextFile, registryUri } from '../state/flowFiles';
import type { StoredFolder } from '../state/workspaceStore';

/** What `pipebase.yaml` begins as, where a folder has none. */
const emptyRegistry = 'version: 1\nenvironments:\n';

/** `pipebase.yaml` as a person is about to change it. */
export interface OpenRegistry {
  readonly uri: Uri;
  readonly text: string;
  /** Undefined where the file is not there yet. */
  readonly document: TextDocument | undefined;
}

/** Undefined, and said why, where somebody is editing the file: what is not saved is not a command's to save. */
export async function openRegistry({ folder, state }: StoredFolder): Promise<OpenRegistry | undefined> {
  const uri = registryUri(folder);
  if (!state.registry) {
    return { uri, text: emptyRegistry, document: undefined };
  }
  try {
    const document = await workspace.openTextDocument(uri);
    await untilAsOnDisk(document);
    if (!document.isDirty) {
      return { uri, text: document.getText(), document };
    }
    void window.showWarningMessage('pipebase.yaml has unsaved edits. Save it, then try again.');
  } catch (error) {
    tell(window.showErrorMessage, `pipebase.yaml cannot be opened: ${String(error)}`);
  }
  return undefined;
}

/** How long VS Code may take to notice that a file is another one on disk, in milliseconds. */
const noticingMs = 2000;

/** An edit of what the file was before could not be saved over what it is now. */
async function untilAsOnDisk(document: TextDocument): Promise<void> {
  const file = await readTextFile(document.uri);
  const isCurrent = (): boolean =>
    file.kind !== 'text' || document.isDirty || lines(document.getText()) === lines(file.text);
  for (const until = Date.now() + noticingMs; !isCurrent() && Date.now() < until;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const byteOrderMark = '\uFEFF';

/** Without what a document does not keep: the byte order mark, and line breaks of several kinds. */
function lines(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
}

/**
 * Makes the change as an edit that can be undone, saves it, and shows it in the file. False, and said why, where nothing was
 * changed. `prepare` runs once it is sure that there is a change to make.
 */
export async function changeRegistry(
  registry: OpenRegistry,
  folder: StoredFolder,
  edit: RegistryEdit,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<boolean> {
  if (edit.kind === 'refused') {
    tell(window.showWarningMessage, `pipebase.yaml was not changed. ${edit.message}`);
    return false;
  }
  await prepare();
  if (!(await workspace.applyEdit(asWorkspaceEdit(registry, edit.text)))) {
    void window.showErrorMessage('pipebase.yaml was not changed: VS Code did not make the edit.');
    return false;
  }
  const document = await workspace.openTextDocument(registry.uri);
  if (document.isDirty && !(await document.save()) && !(await saveOverSameText(document, registry))) {
    void window.showErrorMessage('pipebase.yaml is changed in the editor, and could not be saved.');
    return false;
  }
  await folder.store.reloadIfRewired();
  const changed = document.positionAt(sameStart(registry.text, document.getText()));
  await window.showTextDocument(document, {
    preview: true,
    preserveFocus: true,
    selection: new Range(changed, changed),
  });
  return true;
}

/**
 * VS Code saves over no file that is newer than what it has read, even where another program wrote it anew with the very text
 * that the change was made from: then there is nothing to lose. False where it is another text, or still cannot be saved.
 */
async function saveOverSameText(document: TextDocument, { uri, text }: OpenRegistry): Promise<boolean> {
  const file = await readTextFile(uri);
  if (file.kind !== 'text' || lines(file.text) !== lines(text)) {
    return false;
  }
  const mark = file.text.startsWith(byteOrderMark) ? byteOrderMark : '';
  await workspace.fs.writeFile(uri, new TextEncoder().encode(mark + document.getText()));
  // What is on disk is what would be saved by now, which VS Code takes for no conflict.
  return document.save();
}

/** Only the stretch that differs, so that an undo puts the cursor where the change was. */
function asWorkspaceEdit({ uri, text, document }: OpenRegistry, changed: string): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  if (!document) {
    edit.createFile(uri, { contents: new TextEncoder().encode(changed) });
    return edit;
  }
  const most = Math.min(text.length, changed.length);
  const start = sameStart(text, changed);
  let end = 0;
  while (end < most - start && text.at(-1 - end) === changed.at(-1 - end)) end++;
  const range = new Range(document.positionAt(start), document.positionAt(text.length - end));
  edit.replace(uri, range, changed.slice(start, changed.length - end));
  return edit;
}

/** How many characters two texts begin with alike. */
function sameStart(one: string, other: string): number {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  return start;
}
