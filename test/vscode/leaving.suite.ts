import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands, workspace } from 'vscode';
import { chooseLocalPorts } from '../../src/local/freePorts';
import { contextKeys } from './support/contextKeys';
import { person } from './support/person';
import { until } from './support/until';
import { refresh } from './support/world';

describe('a folder whose local environments run in the window', () => {
  let port: number;
  let registry: string;
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
    registry = join(workspace.workspaceFolders?.at(-1)?.uri.fsPath ?? '', 'pipebase.yaml');
    const text = `version: 1\nenvironments:\n  dev:\n    url: http://localhost:${String(port)}\n`;
    await writeFile(registry, text);
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

  it('says once which of them do not come back, and starts the others', async () => {
    const good = await readFile(registry, 'utf8');
    const putBack = await remove();
    person.told = [];
    await writeFile(registry, `${good}  "../x":\n    url: http://localhost:1\n`);
    await putBack();
    await until(async () => {
      assert.ok(await isAnswering());
      assert.deepEqual(
        person.told.map(({ kind, message, buttons }) => [kind, message, buttons]),
        [
          [
            'error',
            'Local environments could not be started: ../x: "../x" cannot be the name of a local environment.',
            ['Show Log'],
          ],
        ],
      );
    });
    await writeFile(registry, good);
    await refresh();
  });

  it('says so where they do not come back at all, with a way to try again', async () => {
    const putBack = await remove();
    person.told = [];
    const { executeCommand } = commands;
    const broken = (command: string, ...rest: unknown[]): Thenable<unknown> =>
      rest[0] === 'pipebase.localRunning' ? Promise.reject(new Error('no context')) : executeCommand(command, ...rest);
    Object.assign(commands, { executeCommand: broken });
    try {
      await putBack();
      await until(() => {
        assert.deepEqual(
          person.told.map(({ message, buttons }) => [message, buttons]),
          [
            [
              'The local environments could not be started again: Error: no context.',
              ['Start Local Environments', 'Show Log'],
            ],
          ],
        );
      });
    } finally {
      Object.assign(commands, { executeCommand });
    }
    await start();
    assert.ok(await isAnswering());
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
