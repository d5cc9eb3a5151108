import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, workspace } from 'vscode';
import { chooseLocalPorts } from '../../src/local/freePorts';
import { contextKeys } from './support/contextKeys';
import { person } from './support/person';
import { until } from './support/until';
import { refresh } from './support/world';

describe('a folder whose local environments run in the window', () => {
  let port: number;
  const isAnswering = async (): Promise<boolean> =>
    fetch(`http://localhost:${String(port)}/_api/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  const start = (): Thenable<unknown> => commands.executeCommand('pipebase.local.start');

  /** The last folder: the window is another one without its first. */
  async function remove(): Promise<() => Promise<void>> {
    const folders = workspace.workspaceFolders ?? [];
    const last = folders.at(-1);
    assert.ok(last);
    await changeFolders(folders.length - 1, 1);
    return () => changeFolders(folders.length - 1, 0, { uri: last.uri });
  }

  async function changeFolders(...change: Parameters<typeof workspace.updateWorkspaceFolders>): Promise<void> {
    const changed = new Promise<unknown>((resolve) => {
      const subscription = workspace.onDidChangeWorkspaceFolders((event) => {
        subscription.dispose();
        resolve(event);
      });
    });
    assert.ok(workspace.updateWorkspaceFolders(...change));
    await changed;
  }

  before(async () => {
    const [chosen] = await chooseLocalPorts(['dev']);
    port = chosen?.port ?? 0;
    const folder = workspace.workspaceFolders?.at(-1)?.uri.fsPath ?? '';
    const registry = `version: 1\nenvironments:\n  dev:\n    url: http://localhost:${String(port)}\n`;
    await writeFile(join(folder, 'pipebase.yaml'), registry);
    await refresh();
    person.picks = (_title, labels) => labels.at(-1);
  });
  after(() => {
    person.reset();
  });

  it('gives their ports back when it leaves, and they come back with it', async () => {
    await start();
    assert.ok(await isAnswering());
    assert.equal(contextKeys.get('pipebase.localRunning'), true);
    const putBack = await remove();
    await until(async () => {
      assert.equal(await isAnswering(), false);
      assert.equal(contextKeys.get('pipebase.localRunning'), false);
    });
    await putBack();
    await until(async () => {
      assert.ok(await isAnswering());
      assert.equal(contextKeys.get('pipebase.localRunning'), true);
    });
  });

  it('has none left when it leaves while they start', async () => {
    await commands.executeCommand('pipebase.local.stop');
    const [, putBack] = await Promise.all([start(), remove()]);
    await until(async () => {
      assert.equal(await isAnswering(), false);
      assert.equal(contextKeys.get('pipebase.localRunning'), false);
    });
    await putBack();
  });
});
