import assert from 'node:assert/strict';
import { Uri, commands, window, workspace } from 'vscode';
import { commandIds } from '../../src/vscode/contributions/commandIds';
import { tell } from '../../src/vscode/operations/tell';
import { person } from './support/person';
import { until } from './support/until';
import { World } from './support/world';

/** What VS Code itself adds for each view. */
const ofViews = /^pipebase\.(flows|environments)\.(focus|open|removeView|resetViewLocation|toggleVisibility)$/;

/** Starts servers and writes a file, and takes no argument. */
const takesNone: readonly string[] = ['pipebase.local.start', 'pipebase.local.stop', 'pipebase.local.reset'];

describe('commands', () => {
  let world: World;
  const unhandled: unknown[] = [];
  const note = (error: unknown): number => unhandled.push(error);
  before(async () => {
    process.on('unhandledRejection', note);
    world = await World.open();
    await world.addFlow('orders');
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await world.close();
  });
  beforeEach(async () => {
    person.reset();
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are in VS Code as in the tuple', async () => {
    const all = await commands.getCommands(true);
    const ours = all.filter((id) => id.startsWith('pipebase.') && !ofViews.test(id));
    assert.deepEqual(ours.sort(), [...commandIds].sort());
  });

  const cyclic: Record<string, unknown> = {};
  cyclic.folder = cyclic;
  const hostile: readonly (readonly [string, (folder: string) => unknown])[] = [
    ['undefined', () => undefined],
    ['null', () => null],
    ['a number', () => Number.NaN],
    ['a text', () => 'orders'],
    ['a list', () => [[]]],
    ['a function', () => () => undefined],
    ['an object that holds itself', () => cyclic],
    ['numbers for names', () => ({ folder: 1, flow: 2, environment: 3 })],
    ['a target of nothing', () => ({ target: null })],
    ['a folder that is not open', () => ({ folder: 'file:///nowhere', flow: 'orders', environment: 'dev' })],
    ['a number for a flow', (folder) => ({ folder, flow: 1, environment: 'dev' })],
    ['a flow that is not there', (folder) => ({ folder, flow: '../../etc/passwd', environment: 'dev', from: 'dev' })],
    ['an environment that is not there', (folder) => ({ folder, flow: 'orders', environment: '', from: '__proto__' })],
    ['a file that is no flow', () => Uri.parse('https://example.com/orders.camel.yaml')],
  ];
  for (const [name, argument] of hostile) {
    it(`do nothing to any runtime, and do not fail, when given ${name}`, async () => {
      const earlier = world.runtimes.flatMap((runtime) => runtime.writes()).length;
      for (const id of commandIds.filter((each) => !takesNone.includes(each))) {
        await commands.executeCommand(id, argument(world.key), argument(world.key));
        await commands.executeCommand('workbench.action.closeAllEditors');
      }
      assert.equal(world.runtimes.flatMap((runtime) => runtime.writes()).length, earlier);
      assert.deepEqual(unhandled, []);
    });
  }

  it('do not take the open flow for one that they were given and cannot find', async () => {
    await window.showTextDocument(world.uri('flows/orders.camel.yaml'));
    await commands.executeCommand('pipebase.flow.deploy', {
      folder: 'file:///nowhere',
      flow: 'other',
      environment: 'prod',
    });
    assert.deepEqual(await world.dev.flows(), []);
  });

  it('do not take the open flow for that of a row which VS Code does not know just then', async () => {
    await window.showTextDocument(world.uri('flows/orders.camel.yaml'));
    await commands.executeCommand('pipebase.flow.deploy', undefined, undefined);
    assert.deepEqual(await world.dev.flows(), []);
    assert.deepEqual(person.asked, []);
    assert.match(person.told[0]?.message ?? '', /nothing was done\. Choose the row again/);
  });

  it('deploy the flow of the open editor, saving it first', async () => {
    const editor = await window.showTextDocument(world.uri('flows/orders.camel.yaml'));
    await editor.edit((edit) => {
      edit.insert(editor.document.positionAt(0), '# edited\n');
    });
    await commands.executeCommand('pipebase.flow.deploy');
    assert.equal(editor.document.isDirty, false);
    const [put] = world.dev.writes();
    assert.match(put?.body ?? '', /"yaml":"# edited\\n/);
  });

  it('ask where to deploy, and send nothing without an answer', async () => {
    const earlier = world.dev.writes().length;
    await world.run('pipebase.flow.deployTo', { flow: 'orders' });
    assert.deepEqual(person.asked, ['Deploy orders to…']);
    assert.equal(world.dev.writes().length, earlier);
    person.picks = (_title, labels) => labels[1];
    await world.run('pipebase.flow.deployTo', { flow: 'orders' });
    assert.deepEqual(
      (await world.test.flows()).map(({ id }) => id),
      ['orders'],
    );
  });

  it('ask with names, and with ids where they are others', async () => {
    await world.addFlow('audit', '- route: {id: a, description: Audit log, from: {uri: "timer:x", steps: []}}\n');
    await world.run('pipebase.flow.deployTo', { flow: 'audit' });
    assert.deepEqual(person.asked, ['Deploy Audit log to…']);
    assert.deepEqual(person.offered, ['dev | Not deployed', 'test | Not deployed', 'Production | prod · Not deployed']);
    await world.run('pipebase.environment.setToken', {});
    assert.deepEqual(person.offered, ['dev', 'test', 'Production | prod']);
    await commands.executeCommand('pipebase.flow.deploy', null);
    assert.deepEqual(person.offered, ['Audit log | audit · Draft', 'orders | Partial']);
    await world.run('pipebase.flow.undeploy', { flow: 'audit' });
    assert.equal(person.told.at(-1)?.message, 'Audit log is deployed in no environment that answers.');
    await world.remove('flows/audit.camel.yaml');
  });

  it('make a flow where pipebase.yaml looks for flows, and say so where that cannot be', async () => {
    person.types = () => 'made';
    const make = async (flows: string): Promise<string | undefined> => {
      person.told = [];
      await world.write('pipebase.yaml', `${flows}\n${world.registryText()}`);
      await commands.executeCommand('pipebase.environments.refresh');
      await commands.executeCommand('pipebase.flow.new');
      const made = window.activeTextEditor?.document.uri;
      assert.ok(made);
      world.written.add(made.fsPath);
      return workspace.asRelativePath(made, false);
    };
    assert.equal(await make(''), 'flows/made.camel.yaml');
    assert.equal(await make('flows: { include: ["src/routes/*.camel.yaml"] }'), 'src/routes/made.camel.yaml');
    assert.deepEqual(person.told, []);
    assert.equal(await make('flows: { include: ["other/*/flow.camel.yaml"] }'), 'other/made.camel.yaml');
    assert.deepEqual(
      person.told.map(({ message, buttons }) => [message, buttons]),
      [
        [
          'other/made.camel.yaml is no flow for pipebase.yaml: flows.include and flows.exclude say where they are. Move it there, or add a pattern.',
          ['Open pipebase.yaml'],
        ],
      ],
    );
  });

  const needEnvironments = commandIds.filter(
    (id) =>
      (/^pipebase\.(environment|parameter)\./.test(id) && !/\.(add|openInRegistry)$/.test(id)) ||
      /^pipebase\.flow\.(deploy|deployTo|promote|undeploy)$/.test(id),
  );

  it('say that there is no pipebase.yaml where they need one, ask nothing, and offer to make one', async () => {
    await world.remove('pipebase.yaml');
    await commands.executeCommand('pipebase.environments.refresh');
    const ways = { 'the palette': undefined, 'an open flow': world.uri('flows/orders.camel.yaml') };
    for (const id of [...needEnvironments, 'pipebase.environment.openInRegistry']) {
      for (const [way, open] of Object.entries(ways)) {
        person.reset();
        await commands.executeCommand('workbench.action.closeAllEditors');
        if (open) await window.showTextDocument(open);
        await commands.executeCommand(id);
        assert.deepEqual(
          person.told.map(({ message, buttons }) => [message, buttons]),
          [['This folder has no pipebase.yaml.', ['Start Local Environments']]],
          `${id} from ${way}`,
        );
        assert.deepEqual(person.asked, [], id);
      }
    }
    assert.deepEqual(unhandled, []);
  });

  it('say that pipebase.yaml has no usable environment, and open it', async () => {
    await world.write('pipebase.yaml', 'version: 1\nenvironments: {}\n');
    await commands.executeCommand('pipebase.environments.refresh');
    const one = { folder: world.key, flow: 'orders' };
    const row = { target: { kind: 'flow', file: '', ...one } };
    for (const id of needEnvironments) {
      for (const given of [[one], [row, [row, row]]]) {
        person.reset();
        await commands.executeCommand(id, ...given);
        assert.deepEqual(
          person.told.map(({ message, buttons }) => [message, buttons]),
          [['pipebase.yaml has no usable environment.', ['Open pipebase.yaml']]],
          id,
        );
        assert.deepEqual(person.asked, [], id);
      }
    }
    person.presses = ({ buttons }) => buttons[0];
    await commands.executeCommand('pipebase.environment.rename');
    await until(() => {
      assert.equal(window.activeTextEditor?.document.uri.toString(), world.uri('pipebase.yaml').toString());
    });
    await world.write('pipebase.yaml', world.registryText());
    await commands.executeCommand('pipebase.environments.refresh');
  });

  it('say so where the button of a notification does not work', async () => {
    const missing = { label: 'Go On', command: 'pipebase.not.there' as 'pipebase.log.show' };
    tell(() => Promise.resolve('Go On'), 'Something happened.', [missing]);
    await until(() => {
      assert.match(person.told.at(-1)?.message ?? '', /^That did not work: .*pipebase\.not\.there/);
    });
    assert.deepEqual(unhandled, []);
  });

  it('ask what a token is, and take none that cannot be one', async () => {
    person.types = () => '   ';
    await world.run('pipebase.environment.setToken', { environment: 'dev' });
    assert.deepEqual(person.asked, ['Deploy Token of dev']);
    await commands.executeCommand('pipebase.environments.refresh');
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    assert.deepEqual(person.told.at(-1)?.message, 'Deployed orders to dev: in sync.');
  });
});
