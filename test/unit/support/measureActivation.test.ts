import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repositoryFolder } from '../../host/repositoryFolder';
import { temporaryFolder } from '../../host/temporaryFolder';

interface Measured {
  readonly medianMs: number;
  /** What was done beside registering. */
  readonly extras: readonly string[];
}

const { measureActivation } = createRequire(join(repositoryFolder, 'package.json'))(
  './test/support/measureActivation.cjs',
) as { readonly measureActivation: (entry: string, runs: number) => Promise<Measured> };

async function extrasOf(body: string): Promise<readonly string[]> {
  const folder = temporaryFolder('pipebase-activation');
  try {
    const entry = join(folder.path, 'extension.js');
    writeFileSync(entry, `const vscode = require('vscode');\nexports.activate = (context) => {\n${body}\n};\n`);
    return (await measureActivation(entry, 2)).extras;
  } finally {
    folder.remove();
  }
}

describe('measureActivation', () => {
  for (const [body, extra] of [
    [`void vscode.workspace.findFiles('**');`, 'workspace.findFiles()'],
    [`void vscode.workspace.fs.stat('x');`, 'workspace.fs.stat()'],
    [`void vscode.workspace.openTextDocument('x');`, 'workspace.openTextDocument()'],
    [`vscode.workspace.createFileSystemWatcher('**');`, 'workspace.createFileSystemWatcher()'],
    [`void context.secrets.get('x');`, 'context.secrets.get()'],
    [`void vscode.commands.executeCommand('setContext');`, 'commands.executeCommand()'],
    [`void (async () => { await 1; await vscode.workspace.findFiles('**'); })();`, 'workspace.findFiles()'],
    [`require('node:fs');`, 'node:fs'],
  ] as const) {
    it(`tells of ${body}`, async () => {
      assert.deepEqual(await extrasOf(body), [extra]);
    });
  }

  it('takes registering for what activation is for', async () => {
    const body = `
      context.subscriptions.push(
        new vscode.EventEmitter(),
        vscode.commands.registerCommand('x', () => vscode.workspace.findFiles('**')),
        vscode.languages.registerCodeLensProvider('x', {}),
        vscode.window.createTreeView('x', { treeDataProvider: {} }),
        vscode.workspace.onDidOpenTextDocument(() => 1),
      );
      for (const document of vscode.workspace.textDocuments) void vscode.workspace.fs.stat(document);`;
    assert.deepEqual(await extrasOf(body), []);
  });
});
