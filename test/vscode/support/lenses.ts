import { commands, workspace, type CodeLens, type Uri } from 'vscode';

/** The CodeLenses of a file, each with its command, as an editor on it would show them. */
export async function codeLenses(uri: Uri): Promise<readonly CodeLens[]> {
  // VS Code asks for lenses of open documents only.
  await workspace.openTextDocument(uri);
  return commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
}

export async function lensTitles(uri: Uri): Promise<readonly (string | undefined)[]> {
  return (await codeLenses(uri)).map(({ command }) => command?.title);
}
