import { commands, languages, window, type TreeDataProvider, type TreeItem } from 'vscode';

/** One call by which the extension registered or created something in VS Code. */
export interface Registration {
  readonly what: string;
  readonly first: unknown;
  readonly second: unknown;
  readonly result: unknown;
}

/** Every registration since {@link watchRegistrations}, in order. */
export const registrations: Registration[] = [];

/** Keeps a note of what the extension registers. VS Code hands none of it out, its tree data providers among it. */
export function watchRegistrations(): void {
  watch(commands, 'registerCommand');
  watch(window, 'createTreeView');
  watch(window, 'createOutputChannel');
  watch(window, 'createWebviewPanel');
  watch(window, 'registerWebviewPanelSerializer');
  watch(languages, 'registerCodeLensProvider');
  watch(languages, 'createDiagnosticCollection');
}

/** `registerCommand pipebase.flow.deploy` and the like, sorted. */
export function registrationNames(): readonly string[] {
  return registrations.map(({ what, first }) => `${what} ${typeof first === 'string' ? first : ''}`.trim()).sort();
}

/** The last provider that was registered for a view. */
export function treeDataProvider(view: string): TreeDataProvider<{ readonly item: TreeItem }> {
  const found = registrations.findLast(({ what, first }) => what === 'createTreeView' && first === view);
  const options = found?.second as { treeDataProvider?: TreeDataProvider<{ readonly item: TreeItem }> } | undefined;
  if (!options?.treeDataProvider) throw new Error(`no tree was made for ${view}`);
  return options.treeDataProvider;
}

function watch(namespace: object, name: string): void {
  const functions = namespace as Record<string, (...args: unknown[]) => unknown>;
  const original = functions[name];
  if (!original) throw new Error(`VS Code has no ${name}`);
  functions[name] = (...args) => {
    const result = original.apply(namespace, args);
    registrations.push({ what: name, first: args[0], second: args[1], result });
    return result;
  };
}
