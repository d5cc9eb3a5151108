import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { commands, extensions, window, workspace, type Disposable } from 'vscode';
import { commandIds } from '../../src/vscode/contributions/commandIds';
import { registrationNames, registrations } from './support/registrations';
import { firstFolder } from './support/world';

const budgetMs = 20;
const runs = 31;

interface EntryModule {
  activate(context: { readonly subscriptions: Disposable[] }): unknown;
}

const surfaces = [
  ...commandIds.map((id) => `registerCommand ${id}`),
  'createTreeView pipebase.environments',
  'createTreeView pipebase.flows',
  'registerCodeLensProvider',
  'registerWebviewPanelSerializer pipebase.matrix',
].sort();

describe('activation', () => {
  const extension = extensions.getExtension('pipebase.pipebase');
  assert.ok(extension, 'the extension is not installed in this window');
  const dist = (name: string): string => join(extension.extensionPath, 'dist', name);
  const loaded = (): readonly string[] =>
    ['extension.js', 'app.js', 'transport.js'].filter((name) => require.cache[dist(name)] !== undefined);

  it('does not happen in a folder without Pipebase files, whatever YAML is opened', async () => {
    const file = join(firstFolder().uri.fsPath, 'compose.yaml');
    await writeFile(file, 'services: {}\n');
    await window.showTextDocument(await workspace.openTextDocument(file));
    assert.equal(extension.isActive, false);
    assert.deepEqual(loaded(), []);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it(`takes under ${budgetMs} ms at the median, is synchronous, and loads no other module`, () => {
    const times = Array.from({ length: runs }, () => {
      const subscriptions: Disposable[] = [];
      const start = performance.now();
      const result = freshEntry(dist('extension.js')).activate({ subscriptions });
      const time = performance.now() - start;
      assert.equal(result, undefined, 'activate() is awaited by VS Code');
      for (const subscription of subscriptions) subscription.dispose();
      return time;
    });
    const median = times.sort((one, other) => one - other)[Math.floor(runs / 2)] ?? Infinity;
    console.log(`      activate(): ${median.toFixed(1)} ms`);
    assert.ok(median < budgetMs, `${median} ms`);
    assert.deepEqual(loaded(), ['extension.js']);
    forget(dist('extension.js'));
  });

  it('happens when a command asks, and registers each thing once', async () => {
    registrations.length = 0;
    await extension.activate();
    assert.equal(extension.isActive, true);
    assert.deepEqual(registrationNames(), surfaces);
    assert.deepEqual(loaded(), ['extension.js']);
  });

  it('loads what a command needs when it runs, and the network code not before there is a runtime', async () => {
    await commands.executeCommand('pipebase.environments.refresh');
    await commands.executeCommand('pipebase.environments.refresh');
    assert.deepEqual(loaded(), ['extension.js', 'app.js']);
    const once = ['createDiagnosticCollection pipebase', 'createOutputChannel Pipebase'];
    assert.deepEqual(registrationNames(), [...surfaces, ...once].sort());
  });
});

function freshEntry(path: string): EntryModule {
  forget(path);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a fresh copy of the built entry module each time
  return require(path) as EntryModule;
}

function forget(path: string): void {
  Reflect.deleteProperty(require.cache, path);
}
