import * as vscode from 'vscode';
import type { App } from './vscode/app';
import { registerCommands } from './vscode/contributions/registerCommands';
import { isPipebaseFile, flowSelector } from './vscode/contributions/fileSelectors';
import { LoadOnce } from './vscode/state/loadOnce';
import { LazyTreeDataProvider } from './vscode/views/lazyTreeDataProvider';

/**
 * Registers what package.json contributes, and nothing else: no file is read and no module loaded until a view,
 * a command or an open Pipebase file asks for it.
 */
export function activate(context: vscode.ExtensionContext): void {
  const app = new LoadOnce(load);

  const flows = new LazyTreeDataProvider(async () => (await app.get()).flowsTree);
  const environments = new LazyTreeDataProvider(async () => (await app.get()).environmentsTree);
  const lensesChanged = new vscode.EventEmitter<void>();
  const flowsView = vscode.window.createTreeView('pipebase.flows', {
    treeDataProvider: flows,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const environmentsView = vscode.window.createTreeView('pipebase.environments', { treeDataProvider: environments });

  async function load(): Promise<App> {
    const { startApp } = await import('./vscode/app');
    return startApp(context, { flowsView, environmentsView, flows, environments, lensesChanged });
  }

  function loadFor(document: vscode.TextDocument): void {
    if (isPipebaseFile(document)) {
      // Where it fails, whoever asks for something tries again, and is told.
      app.get().catch(() => undefined);
    }
  }

  context.subscriptions.push(
    flowsView,
    environmentsView,
    flows,
    environments,
    lensesChanged,
    ...registerCommands(async () => (await app.get()).commands),
    vscode.languages.registerCodeLensProvider(flowSelector, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) => (await app.get()).codeLenses(document),
    }),
    vscode.window.registerWebviewPanelSerializer('pipebase.matrix', {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        (await app.get()).restoreMatrix(panel, state);
      },
    }),
    vscode.workspace.onDidOpenTextDocument(loadFor),
    new vscode.Disposable(() => {
      app.begun?.then(
        (loaded) => {
          loaded.dispose();
        },
        () => undefined,
      );
    }),
  );
  for (const document of vscode.workspace.textDocuments) {
    loadFor(document);
  }
}
