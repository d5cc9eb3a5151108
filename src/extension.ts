import * as vscode from 'vscode';
import type { App } from './vscode/app';
import { registerCommands } from './vscode/contributions/registerCommands';
import { isPipebaseFile, flowSelector } from './vscode/contributions/fileSelectors';
import { LazyTreeDataProvider } from './vscode/views/lazyTreeDataProvider';

/**
 * Registers what package.json contributes, and nothing else: no file is read and no module loaded until a view,
 * a command or an open Pipebase file asks for it.
 */
export function activate(context: vscode.ExtensionContext): void {
  let loading: Promise<App> | undefined;
  const app = (): Promise<App> => (loading ??= load());

  const flows = new LazyTreeDataProvider(async () => (await app()).flowsTree);
  const environments = new LazyTreeDataProvider(async () => (await app()).environmentsTree);
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

  async function loadFor(document: vscode.TextDocument): Promise<void> {
    if (isPipebaseFile(document)) {
      await app();
    }
  }

  context.subscriptions.push(
    flowsView,
    environmentsView,
    lensesChanged,
    ...registerCommands(async () => (await app()).commands),
    vscode.languages.registerCodeLensProvider(flowSelector, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) => (await app()).codeLenses(document),
    }),
    vscode.window.registerWebviewPanelSerializer('pipebase.matrix', {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        (await app()).restoreMatrix(panel, state);
      },
    }),
    vscode.workspace.onDidOpenTextDocument(loadFor),
    new vscode.Disposable(() => {
      void loading?.then((loaded) => {
        loaded.dispose();
      });
    }),
  );
  for (const document of vscode.workspace.textDocuments) {
    void loadFor(document);
  }
}
