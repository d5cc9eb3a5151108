import { Disposable, window } from 'vscode';
import type { WorkspaceStore } from '../state/workspaceStore';
import { contextValues, type ContextValues } from './contextValues';
import { setContext } from './setContext';

/** Keeps the context keys true, and sets only those that changed. */
export function updateContext(store: WorkspaceStore): Disposable {
  let shown: Partial<ContextValues> = {};
  let isReady = false;
  const update = (): void => {
    const states = store.folders.map(({ state }) => state);
    const known = contextValues(states, window.activeTextEditor?.document.uri.toString());
    // Before that a folder looks as if it had no pipebase.yaml.
    const values: ContextValues = isReady ? known : { ...known, 'pipebase.workspace': 'loading' };
    for (const key of Object.keys(values) as (keyof ContextValues)[]) {
      if (values[key] !== shown[key]) {
        void setContext(key, values[key]);
      }
    }
    shown = values;
  };
  const ready = (): void => {
    isReady = true;
    update();
  };
  update();
  void store.ready().then(ready, ready);
  return Disposable.from(store.onDidChange(update), window.onDidChangeActiveTextEditor(update));
}
