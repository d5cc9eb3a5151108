import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { commands, languages, workspace } from 'vscode';
import { lensTitles } from './support/lenses';
import { person } from './support/person';
import { until } from './support/until';
import { World } from './support/world';

describe('Restricted Mode', () => {
  let world: World;
  before(async () => {
    world = await World.open({ withTokens: false });
  });
  after(() => world.close());

  it('is what this window is in', () => {
    assert.equal(workspace.isTrusted, false);
  });

  it('checks files', async () => {
    await world.write('flows/broken.camel.yaml', '- rout: {}\n');
    await until(() => {
      assert.equal(languages.getDiagnostics(world.uri('flows/broken.camel.yaml')).length > 0, true);
    });
    await world.remove('flows/broken.camel.yaml');
  });

  it('sends nothing at all, whatever is asked for, and says why', async () => {
    await world.addFlow('orders');
    const target = { flow: 'orders', environment: 'dev', from: 'dev' };
    for (const verb of ['deploy', 'deployTo', 'promote', 'undeploy', 'openMatrix', 'openYaml']) {
      person.reset();
      person.picks = (_title, labels) => labels[0];
      // VS Code may refuse the command itself: its enablement says that it needs trust.
      await world.run(`pipebase.flow.${verb}`, target);
    }
    person.reset();
    await world.run('pipebase.flow.deploy', target);
    assert.deepEqual(
      person.told.map(({ message }) => message),
      ['This workspace is in Restricted Mode: nothing is sent to a runtime. Trust the workspace first.'],
    );
    await commands.executeCommand('pipebase.matrix.open');
    await lensTitles(world.uri('flows/orders.camel.yaml'));
    await commands.executeCommand('pipebase.environments.refresh');
    assert.deepEqual(
      world.runtimes.flatMap(({ calls }) => calls),
      [],
    );
  });

  it('leaves tokens and secrets as they are, and asks for none', async () => {
    const registry = await readFile(world.uri('pipebase.yaml').fsPath, 'utf8');
    for (const command of [
      'environment.setToken',
      'environment.clearToken',
      'environment.rename',
      'parameter.setSecret',
    ]) {
      person.reset();
      person.types = () => 'typed';
      await world.run(`pipebase.${command}`, { environment: 'dev', key: 'password' });
      assert.deepEqual(
        person.told.map(({ message, buttons }) => [message, buttons]),
        [
          [
            'In Restricted Mode tokens and secrets stay as they are. Trust this workspace first.',
            ['Manage Workspace Trust'],
          ],
        ],
        command,
      );
      assert.deepEqual(person.asked, [], command);
    }
    assert.equal(await readFile(world.uri('pipebase.yaml').fsPath, 'utf8'), registry);
  });

  it('starts no local environment', async () => {
    person.reset();
    await commands.executeCommand('pipebase.local.start');
    assert.deepEqual(
      person.told.map(({ message }) => message),
      ['Local environments are not started in Restricted Mode. Trust this workspace first.'],
    );
  });

  it('offers no deploy above a flow', async () => {
    const uri = world.uri('flows/orders.camel.yaml');
    assert.deepEqual(await lensTitles(uri), ['$(question)\u00a0dev: Not checked', '$(table)\u00a0Promotion Matrix']);
  });
});
