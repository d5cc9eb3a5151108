import type { FolderState } from '../state/folderState';
import { missingTokens } from '../state/missingTokens';

/** Context keys that menus and welcome views look at, with their values. */
export interface ContextValues {
  /** Which empty state fits. */
  readonly 'pipebase.workspace': 'loading' | 'noRegistry' | 'faultyRegistry' | 'noFlows' | 'ready';
  /** Whether the active editor holds a flow. */
  readonly 'pipebase.activeFlow': boolean;
  /** Whether an environment waits for a deploy token. */
  readonly 'pipebase.needsToken': boolean;
}

/** `activeFile`: URI text of the active editor's file. */
export function contextValues(folders: readonly FolderState[], activeFile: string | undefined): ContextValues {
  // A folder without pipebase.yaml never asked for us.
  const states = folders.filter(({ registry }) => registry);
  return {
    'pipebase.workspace': workspaceValue(states),
    'pipebase.activeFlow': states.some(({ flows }) => flows.some(({ file }) => file === activeFile)),
    'pipebase.needsToken': states.some((state) => missingTokens(state).length > 0),
  };
}

function workspaceValue(states: readonly FolderState[]): ContextValues['pipebase.workspace'] {
  if (states.length === 0) {
    return 'noRegistry';
  }
  if (states.every(({ registry }) => registry?.environments.length === 0)) {
    return 'faultyRegistry';
  }
  return states.every(({ flows }) => flows.length === 0) ? 'noFlows' : 'ready';
}
