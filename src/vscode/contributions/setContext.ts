import { commands } from 'vscode';

/** Context keys that menus and welcome views look at. */
export type ContextKey = 'pipebase.workspace' | 'pipebase.localRunning' | 'pipebase.activeFlow';

export async function setContext(key: ContextKey, value: string | boolean): Promise<void> {
  await commands.executeCommand('setContext', key, value);
}
