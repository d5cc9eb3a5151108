import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { lensTitles } from './support/lenses';
import { person } from './support/person';
import { type RecordedCall, type RecordedRuntime, startRecordedRuntime } from './support/recordedRuntime';
import { setPollInterval } from './support/setPollInterval';
import { cell, environmentRow } from './support/trees';
import { until } from './support/until';
import { World, refresh } from './support/world';

describe('a deploy token', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('orders');
  });
  after(async () => {
    await setPollInterval(undefined);
    await commands.executeCommand('workbench.view.explorer');
    await world.close();
  });
  beforeEach(() => {
    person.reset();
  });

  it('goes to no other origin when the URL in pipebase.yaml changes', async () => {
    const stranger = await startRecordedRuntime('dev', 'another-token');
    try {
      await world.write('pipebase.yaml', world.registryText().replace(world.dev.url, stranger.url));
      await refresh();
      await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
      assert.deepEqual(
        stranger.calls.filter(({ authorization }) => authorization !== undefined),
        [],
      );
      const [told] = person.told;
      assert.equal(told?.message, 'dev cannot be used now. No deploy token is stored here. Set it to see what runs.');
      assert.deepEqual(told.buttons, ['Set Deploy Token…']);
    } finally {
      await stranger.close();
      await world.write('pipebase.yaml', world.registryText());
      await refresh();
    }
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    assert.equal(person.told.at(-1)?.message, 'Deployed orders to dev: in sync.');
  });

  it('is confirmed when it is stored, without its value', async () => {
    person.types = () => world.test.token;
    await world.run('pipebase.environment.setToken', { environment: 'test' });
    assert.deepEqual(
      person.told.map(({ kind, message }) => [kind, message]),
      [['information', `The deploy token of test is stored. It is sent to ${world.test.url} only.`]],
    );
  });

  it('that is wrong or gone leaves the last answer in sight, as what was', async () => {
    await world.addFlow('seen');
    person.presses = ({ buttons }) => buttons[0];
    await world.run('pipebase.flow.deploy', { flow: 'seen', environment: 'prod' });
    const last = /^Unreachable · .* When it last answered, at [^:]+:[^:]+: in sync\.$/;
    person.types = () => 'wrong-token';
    await world.run('pipebase.environment.setToken', { environment: 'prod' });
    await refresh();
    assert.match(await cell('seen', 'Production'), /does not accept the deploy token/);
    assert.match(await cell('seen', 'Production'), last);
    await world.run('pipebase.environment.clearToken', { environment: 'prod' });
    await refresh();
    assert.match(await cell('seen', 'Production'), /No deploy token is stored here/);
    assert.match(await cell('seen', 'Production'), last);
    assert.match(await environmentRow('Production'), /^protected · last answered /);
    person.types = () => world.prod.token;
    await world.run('pipebase.environment.setToken', { environment: 'prod' });
    await refresh();
    assert.equal(await cell('seen', 'Production'), 'In sync');
  });

  it('that is wrong is named as such, with the way to mend it', async () => {
    person.types = () => 'wrong-token';
    await world.run('pipebase.environment.setToken', { environment: 'test' });
    await refresh();
    person.presses = ({ buttons }) => buttons[0];
    person.types = () => world.test.token;
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'test' });
    assert.match(person.told[1]?.message ?? '', /^test cannot be used now\. It does not accept the deploy token\./);
    // Nobody waits for what a button of a notification does.
    await until(async () => {
      assert.deepEqual(person.asked.at(-1), 'Deploy Token of test');
      await refresh();
      assert.equal(listsOf(world.test).at(-1)?.authorization, `Bearer ${world.test.token}`);
    });
    person.presses = () => undefined;
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'test' });
    assert.equal(person.told.at(-1)?.message, 'Deployed orders to test: in sync.');
  });

  it('that is set while the environment is being read is tried at once', async () => {
    person.types = () => 'wrong-token';
    await world.run('pipebase.environment.setToken', { environment: 'dev' });
    // A view of ours, without which nobody asks.
    await commands.executeCommand('pipebase.environments.focus');
    await setPollInterval(0);
    await refresh();
    const held = world.dev.holdReads();
    const reading = refresh();
    await held.waiting;
    person.types = () => world.dev.token;
    await world.run('pipebase.environment.setToken', { environment: 'dev' });
    held.release();
    await reading;
    await until(() => {
      assert.equal(listsOf(world.dev).at(-1)?.authorization, `Bearer ${world.dev.token}`);
    });
    await until(async () => {
      const [state] = await lensTitles(world.uri('flows/orders.camel.yaml'));
      assert.match(state ?? '', /dev: In sync$/);
    });
  });

  it('that is missing is asked for by itself, and of several one is chosen', async () => {
    const clear = async (environment: string): Promise<void> => {
      person.presses = ({ buttons }) => buttons[0];
      await world.run('pipebase.environment.clearToken', { environment });
      await refresh();
      person.reset();
    };
    await clear('prod');
    person.types = () => undefined;
    await commands.executeCommand('pipebase.environments.setToken');
    assert.deepEqual(person.asked, ['Deploy Token of Production']);
    await clear('test');
    person.picks = (_title, labels) => labels[1];
    await commands.executeCommand('pipebase.environments.setToken');
    assert.deepEqual(person.asked, ['Set the Deploy Token of…', 'Deploy Token of Production']);
    assert.deepEqual(person.offered, ['test', 'Production | prod']);
    await world.setTokens();
    await commands.executeCommand('pipebase.environments.setToken');
    assert.deepEqual(person.offered, ['dev', 'test', 'Production | prod'], 'none is missing');
  });

  it('is kept when clearing it is not confirmed, and gone when it is', async () => {
    await world.run('pipebase.environment.clearToken', { environment: 'prod' });
    await refresh();
    assert.equal(person.told[0]?.message, 'Clear the deploy token of Production?');
    const earlier = world.prod.calls.filter(({ authorization }) => authorization !== undefined).length;
    assert.ok(earlier > 0);
    person.presses = ({ buttons }) => buttons[0];
    await world.run('pipebase.environment.clearToken', { environment: 'prod' });
    assert.equal(person.told.at(-1)?.message, 'The deploy token of Production is no longer stored here.');
    const cleared = world.prod.calls.filter(({ authorization }) => authorization !== undefined).length;
    await refresh();
    assert.equal(world.prod.calls.filter(({ authorization }) => authorization !== undefined).length, cleared);
    person.told = [];
    await world.run('pipebase.environment.clearToken', { environment: 'prod' });
    assert.deepEqual(
      person.told.map(({ kind, message }) => [kind, message]),
      [
        [
          'information',
          'No deploy token of Production is stored here, so there is nothing to clear. A local environment needs none.',
        ],
      ],
    );
  });
});

function listsOf({ calls }: RecordedRuntime): readonly RecordedCall[] {
  return calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/flows'));
}
