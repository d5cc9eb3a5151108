import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { person } from './support/person';
import { World, aFlowYaml } from './support/world';

describe('a selection of flows', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  let world: World;
  before(async () => {
    world = await World.open();
    for (const id of ids) await world.write(`flows/${id}.camel.yaml`, aFlowYaml(id));
    await world.addFlow('broken', '- rout: {}\n');
  });
  after(() => world.close());
  beforeEach(() => {
    person.reset();
  });

  /** As a tree with several selected items starts a command. */
  async function run(command: string, flows: readonly string[]): Promise<void> {
    const nodes = flows.map((flow) => ({ target: { kind: 'flow', folder: world.key, flow, file: '' } }));
    await commands.executeCommand(command, nodes[0], nodes);
  }

  async function deployed(runtime: World['dev']): Promise<readonly string[]> {
    return (await runtime.flows()).map(({ id }) => id);
  }

  it('is deployed as one, and one that fails does not stop the others', async () => {
    await run('pipebase.flow.deploy', ['a', 'broken', 'b', 'c', 'd', 'e', 'f']);
    assert.deepEqual(await deployed(world.dev), ids);
    assert.deepEqual(
      person.told.map(({ kind, message }) => [kind, message]),
      [['warning', 'Deployed 6 of 7 flows to dev: 1 not allowed.']],
    );
  });

  it('is asked for once before a protected environment, and is not sent without an answer', async () => {
    person.picks = (_title, labels) => labels.at(-1);
    await run('pipebase.flow.deployTo', ['a', 'b']);
    assert.deepEqual(world.prod.writes(), []);
    assert.deepEqual(
      person.told.map(({ message, isModal }) => [message, isModal]),
      [['Deploy 2 flows to Production?', true]],
    );
    assert.ok(person.told[0]?.detail?.includes(world.prod.url));
  });

  it('is not sent past unsaved edits of pipebase.yaml: that is said once, and nothing is asked first', async () => {
    const editor = await window.showTextDocument(world.uri('pipebase.yaml'));
    await editor.edit((edit) => {
      edit.insert(editor.document.positionAt(0), '# mine\n');
    });
    person.picks = (_title, labels) => labels.at(-1);
    const earlier = world.dev.writes().length;
    for (const command of ['deploy', 'deployTo', 'undeploy']) {
      person.told = [];
      await run(`pipebase.flow.${command}`, ids);
      assert.deepEqual(
        person.told.map(({ message }) => message),
        ['pipebase.yaml has unsaved edits. Save it, then try again; nothing was sent.'],
      );
    }
    assert.equal(world.dev.writes().length, earlier);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('goes to a protected environment when that was confirmed', async () => {
    person.picks = (_title, labels) => labels.at(-1);
    person.presses = ({ isModal, buttons }) => (isModal ? buttons[0] : undefined);
    await run('pipebase.flow.deployTo', ['a', 'b']);
    assert.deepEqual(await deployed(world.prod), ['a', 'b']);
    assert.equal(person.told.filter(({ isModal }) => isModal).length, 1);
  });

  it('is undeployed only after a question, wherever it is', async () => {
    person.picks = (_title, labels) => labels[0];
    await run('pipebase.flow.undeploy', ['a', 'b']);
    assert.deepEqual(await deployed(world.dev), ids);
    assert.equal(person.told[0]?.isModal, true);
  });
});
