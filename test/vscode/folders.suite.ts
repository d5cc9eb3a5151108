import assert from 'node:assert/strict';
import { commands, extensions, workspace } from 'vscode';
import { contextKeys, firstContextKeys } from './support/contextKeys';
import { lensTitles } from './support/lenses';
import { person } from './support/person';
import { until } from './support/until';
import { World, aFlowYaml, refresh, usedTokens } from './support/world';

describe('two folders in one window, with the same environments and flows', () => {
  let one: World;
  let other: World;

  it('wake the extension up by themselves', async () => {
    await until(() => {
      assert.equal(extensions.getExtension('pipebase.pipebase')?.isActive, true);
    });
  });

  it('never say that there is no pipebase.yaml before it was looked for', async () => {
    await refresh();
    assert.equal(firstContextKeys.get('pipebase.workspace'), 'loading');
    await until(() => {
      assert.notEqual(contextKeys.get('pipebase.workspace'), 'loading');
    });
  });

  before(async () => {
    const [first, second] = workspace.workspaceFolders ?? [];
    assert.ok(first && second, 'the window has no two folders');
    one = await World.open({ folder: first });
    other = await World.open({ folder: second });
    await one.addFlow('orders', aFlowYaml('orders', 'one'));
    await other.addFlow('orders', aFlowYaml('orders', 'other'));
  });
  after(async () => {
    await one.close();
    await other.close();
  });
  beforeEach(() => {
    person.reset();
  });

  it('deploy each to the runtimes of its own registry, its own file, with its own token', async () => {
    await one.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    assert.match(one.dev.writes()[0]?.body ?? '', /log: \\"one\\"/);
    assert.deepEqual(other.dev.writes(), []);
    await other.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    assert.deepEqual(
      person.told.map(({ message }) => message),
      ['Deployed orders to dev (one): in sync.', 'Deployed orders to dev (other): in sync.'],
    );
    assert.match(other.dev.writes()[0]?.body ?? '', /log: \\"other\\"/);
    assert.equal(one.dev.writes().length, 1);
    assert.deepEqual(
      [one, other].map(({ dev }) => dev.refused()),
      [[], []],
      'a token went to the wrong runtime',
    );
    assert.equal(new Set(usedTokens).size, 6);
  });

  it('show each its own state', async () => {
    await one.run('pipebase.flow.undeploy', { flow: 'orders', environment: 'dev' });
    const title = async (world: World): Promise<string | undefined> =>
      (await lensTitles(world.uri('flows/orders.camel.yaml')))[0];
    await until(async () => {
      assert.deepEqual(
        [await title(one), await title(other)],
        ['$(circle-large)\u00a0dev: Not deployed', '$(pass)\u00a0dev: In sync'],
      );
    });
  });

  it('are told apart in questions', async () => {
    await one.run('pipebase.flow.deploy', { flow: 'orders', environment: 'prod' });
    assert.equal(person.told[0]?.message, 'Deploy orders to Production (one)?');
    assert.deepEqual(person.told[0].buttons, ['Deploy to Production (one)']);
    await one.run('pipebase.flow.deployTo', { flow: 'orders' });
    assert.deepEqual(person.asked, ['Deploy orders (one) to…']);
  });

  it('are told apart where tokens, secrets and environments are asked for, and told of', async () => {
    person.types = (title) => (title.startsWith('Deploy Token') ? one.dev.token : 'swordfish');
    const dev = { environment: 'dev' };
    await one.run('pipebase.environment.setToken', dev);
    await one.run('pipebase.environment.clearToken', dev);
    await one.run('pipebase.parameter.setSecret', { ...dev, key: 'db-password' });
    await one.run('pipebase.environment.remove', dev);
    assert.deepEqual(
      person.told.map(({ message }) => message),
      [
        `The deploy token of dev (one) is stored. It is sent to ${one.dev.url} only.`,
        'Clear the deploy token of dev (one)?',
        'The value of db-password in dev (one) is stored. It is sent with the next deploy there.',
        'Remove dev (one) from pipebase.yaml?',
      ],
    );
    person.types = () => undefined;
    await other.run('pipebase.environment.rename', dev);
    await other.run('pipebase.environment.setToken', {});
    await other.run('pipebase.environment.add', {});
    assert.deepEqual(person.asked, [
      'Deploy Token of dev (one)',
      'db-password in dev (one)',
      'Rename Environment dev (other)',
      'Set the Deploy Token of… (other)',
      'Add Environment (other)',
    ]);
  });

  it('are not taken for one another by an operation under way', async () => {
    const held = one.dev.holdWrites();
    const waiting = one.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    await held.waiting;
    await other.run('pipebase.flow.undeploy', { flow: 'orders', environment: 'dev' });
    assert.deepEqual(await other.dev.flows(), []);
    held.release();
    await waiting;
    assert.equal((await one.dev.flows()).length, 1);
  });

  it('ask which folder is meant where that matters', async () => {
    await commands.executeCommand('pipebase.environment.setToken');
    assert.deepEqual(person.asked, ['Workspace Folder']);
  });

  it('get a new flow where the matrix offered it, and are asked about elsewhere', async () => {
    const path = 'flows/fresh.camel.yaml';
    other.written.add(other.uri(path).fsPath);
    person.types = () => 'fresh';
    await commands.executeCommand('pipebase.flow.new', { folder: other.key });
    assert.deepEqual(person.asked, ['New Flow (other)']);
    assert.match((await workspace.openTextDocument(other.uri(path))).getText(), /id: "fresh"/);
    person.reset();
    await commands.executeCommand('pipebase.flow.new');
    assert.deepEqual(person.asked, ['Workspace Folder']);
    person.reset();
    // As VS Code starts it from the title of a view while a row there has the focus.
    await commands.executeCommand('pipebase.flow.new', { target: { kind: 'folder', folder: one.key } });
    assert.deepEqual(person.asked, ['Workspace Folder']);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('ask for it once', async () => {
    person.picks = (_title, labels) => labels[0];
    await commands.executeCommand('pipebase.parameter.setSecret');
    assert.deepEqual(person.asked, ['Workspace Folder', 'Set a Secret Parameter in… (one)']);
  });
});
