import { commands } from 'vscode';
import type { ContextValues } from './contextValues';

type ContextKey = 'pipebase.localRunning' | keyof ContextValues;

export async function setContext(key: ContextKey, value: string | boolean): Promise<void> {
  await commands.executeCommand('setContext', key, value);
}
