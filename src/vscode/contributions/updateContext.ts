import { Disposable, window } from 'vscode';
import type { WorkspaceStore } from '../state/workspaceStore';
import { contextValues, type ContextValues } from './contextValues';
import { setContext } from './setContext';

/** Keeps the context keys true, and sets only those that changed. */
export function updateContext(store: WorkspaceStore): Disposable {
  let shown: Partial<ContextValues> = {};
  const update = (): void => {
    const states = store.folders.map(({ state }) => state);
    const values = contextValues(states, window.activeTextEditor?.document.uri.toString());
    for (const key of Object.keys(values) as (keyof ContextValues)[]) {
      if (values[key] !== shown[key]) {
        void setContext(key, values[key]);
      }
    }
    shown = values;
  };
  update();
  return Disposable.from(store.onDidChange(update), window.onDidChangeActiveTextEditor(update));
}
