import assert from 'node:assert/strict';
import { person } from './support/person';
import { startRecordedRuntime } from './support/recordedRuntime';
import { World, refresh } from './support/world';

describe('a deploy token', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('orders');
  });
  after(() => world.close());
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

  it('that is wrong is named as such, with the way to mend it', async () => {
    person.types = () => 'wrong-token';
    await world.run('pipebase.environment.setToken', { environment: 'test' });
    await refresh();
    person.presses = ({ buttons }) => buttons[0];
    person.types = () => world.test.token;
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'test' });
    assert.match(person.told[0]?.message ?? '', /^test cannot be used now\. It does not accept the deploy token\./);
    assert.deepEqual(person.asked.at(-1), 'Deploy Token of test');
    await refresh();
    person.presses = () => undefined;
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'test' });
    assert.equal(person.told.at(-1)?.message, 'Deployed orders to test: in sync.');
  });

  it('is kept when clearing it is not confirmed, and gone when it is', async () => {
    await world.run('pipebase.environment.clearToken', { environment: 'prod' });
    await refresh();
    assert.equal(person.told[0]?.message, 'Clear the deploy token of Production?');
    const earlier = world.prod.calls.filter(({ authorization }) => authorization !== undefined).length;
    assert.ok(earlier > 0);
    person.presses = ({ buttons }) => buttons[0];
    await world.run('pipebase.environment.clearToken', { environment: 'prod' });
    const cleared = world.prod.calls.filter(({ authorization }) => authorization !== undefined).length;
    await refresh();
    assert.equal(world.prod.calls.filter(({ authorization }) => authorization !== undefined).length, cleared);
  });
});
