import { Disposable, window } from 'vscode';
import type { WorkspaceStore } from '../state/workspaceStore';
import { setContext } from './setContext';

/** Keeps the context keys true: which empty state fits, and whether the active editor holds a flow. */
export function updateContext(store: WorkspaceStore): Disposable {
  let shown = '';
  let isReady = false;
  const update = (): void => {
    // Before that a folder looks as if it had no pipebase.yaml.
    const workspaceKey = isReady ? workspaceState(store) : 'loading';
    const isFlow = isActiveFlow(store);
    if (shown !== `${workspaceKey} ${String(isFlow)}`) {
      shown = `${workspaceKey} ${String(isFlow)}`;
      void setContext('pipebase.workspace', workspaceKey);
      void setContext('pipebase.activeFlow', isFlow);
    }
  };
  const ready = (): void => {
    isReady = true;
    update();
  };
  update();
  void store.ready().then(ready, ready);
  return Disposable.from(store.onDidChange(update), window.onDidChangeActiveTextEditor(update));
}

function workspaceState({ folders }: WorkspaceStore): string {
  const withRegistry = folders.filter(({ state }) => state.registry);
  if (withRegistry.length === 0) {
    return 'noRegistry';
  }
  if (withRegistry.every(({ state }) => state.registry?.environments.length === 0)) {
    return 'faultyRegistry';
  }
  return withRegistry.every(({ state }) => state.flows.length === 0) ? 'noFlows' : 'ready';
}

function isActiveFlow({ folders }: WorkspaceStore): boolean {
  const file = window.activeTextEditor?.document.uri.toString();
  return file !== undefined && folders.some(({ state }) => state.flows.some((flow) => flow.file === file));
}
