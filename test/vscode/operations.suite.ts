import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { commands } from 'vscode';
import { readLogFiles } from '../host/readLogFiles';
import { answerJson, startFaultyRuntime, type FaultyAnswer, type FaultyRuntime } from '../support/faultyRuntime';
import { person } from './support/person';
import { until } from './support/until';
import { World, aFlowYaml, refresh } from './support/world';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const withTopic = '# Überweisung\r\n- from:\r\n    uri: "kafka:{{topic}}"\r\n    steps: []\r\n';

describe('deploy, promote and undeploy', () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world.close());
  beforeEach(() => {
    person.reset();
  });

  it("sends the file byte for byte with the environment's parameters, and says so once", async () => {
    await world.addFlow('orders', withTopic);
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    assert.deepEqual(
      (await world.dev.flows()).map(({ id, hash, routeCount }) => ({ id, hash, routeCount })),
      [{ id: 'orders', hash: sha256(withTopic), routeCount: 1 }],
    );
    assert.deepEqual(bodies(world.dev.writes()), [{ yaml: withTopic, params: { topic: 'orders-dev' } }]);
    assert.deepEqual(messages(), ['Deployed orders to dev: in sync.']);
    assert.deepEqual([...world.test.writes(), ...world.prod.writes()], []);
  });

  it('promotes the file with the parameters of the target', async () => {
    await world.run('pipebase.flow.promote', { flow: 'orders', from: 'dev' });
    assert.deepEqual(bodies(world.test.writes()), [{ yaml: withTopic, params: { topic: 'orders-test' } }]);
    assert.deepEqual(messages(), ['Promoted orders from dev to test: in sync.']);
  });

  it('promotes nothing from where the file differs, and says why', async () => {
    const earlier = world.test.writes().length;
    await world.addFlow('orders', `${withTopic}# edited\r\n`);
    await world.run('pipebase.flow.promote', { flow: 'orders', from: 'dev' });
    assert.equal(world.test.writes().length, earlier);
    assert.deepEqual(messages(), [
      'orders is stale in dev; it can be promoted only from where it is in sync. The YAML here differs from what runs there. Deploy it to dev first.',
    ]);
    await world.addFlow('orders', withTopic);
  });

  it('undeploys, keeps the file, and promotes again from the row above', async () => {
    await world.run('pipebase.flow.undeploy', { flow: 'orders', environment: 'test' });
    assert.deepEqual(await world.test.flows(), []);
    assert.deepEqual(person.told[0]?.buttons, ['Deploy Again']);
    await world.run('pipebase.flow.promote', { flow: 'orders', from: 'dev' });
    assert.deepEqual(
      (await world.test.flows()).map(({ id }) => id),
      ['orders'],
    );
  });

  it('deploys to the default environment where none is named', async () => {
    await world.addFlow('plain');
    await world.run('pipebase.flow.deploy', { flow: 'plain' });
    assert.ok((await world.dev.flows()).some(({ id }) => id === 'plain'));
  });

  it('refuses a second operation on the same flow while the first is under way', async () => {
    await world.addFlow('busy');
    const held = world.dev.holdWrites();
    const first = world.run('pipebase.flow.deploy', { flow: 'busy', environment: 'dev' });
    await held.waiting;
    await world.run('pipebase.flow.undeploy', { flow: 'busy', environment: 'dev' });
    assert.deepEqual(messages(), ['A deploy of busy is under way in dev. Wait until it has ended.']);
    held.release();
    await first;
    assert.deepEqual(
      world.dev.writes().filter(({ path }) => path.endsWith('/busy')).length,
      1,
      'the second one was sent, too',
    );
  });

  it('sends nothing of a flow whose YAML is broken', async () => {
    await world.addFlow('broken', '- from:\n    uri: "timer:x\n');
    await world.run('pipebase.flow.deploy', { flow: 'broken', environment: 'dev' });
    assert.deepEqual(
      world.dev.writes().filter(({ path }) => path.endsWith('/broken')),
      [],
    );
    assert.match(messages().join(), /^broken cannot be deployed: /);
    await world.remove('flows/broken.camel.yaml');
    await refresh();
  });

  it('asks before it undeploys what the workspace does not have, and promises no file', async () => {
    await world.dev.put('strange', aFlowYaml('strange'));
    await world.run('pipebase.flow.undeploy', { flow: 'strange', environment: 'dev' });
    assert.ok((await world.dev.flows()).some(({ id }) => id === 'strange'));
    assert.doesNotMatch(person.told[0]?.detail ?? '', /file here is kept/);
    person.presses = ({ buttons, isModal }) => (isModal ? buttons[0] : undefined);
    await world.run('pipebase.flow.undeploy', { flow: 'strange', environment: 'dev' });
    assert.equal(messages().at(-1), 'Undeployed strange from dev.');
    assert.deepEqual(person.told.at(-1)?.buttons, []);
  });

  it('asks before it replaces what somebody else deployed', async () => {
    await world.dev.put('plain', aFlowYaml('plain', 'of a colleague'));
    await world.run('pipebase.flow.deploy', { flow: 'plain', environment: 'dev' });
    const [question] = person.told;
    assert.equal(question?.isModal, true);
    assert.match(question.detail ?? '', /Someone else deployed another version/);
    assert.equal(
      (await world.dev.flows()).find(({ id }) => id === 'plain')?.hash,
      sha256(aFlowYaml('plain', 'of a colleague')),
    );
  });
});

describe('a runtime that rejects a flow', () => {
  const reason = 'line 4, column 9: no consumer for topic plain-9137 of eu-1 at user=app;host=plain-9137';
  let world: World;
  let picky: FaultyRuntime;
  before(async () => {
    const answer: FaultyAnswer = (_request, response) => {
      answerJson(response, { error: reason }, 400);
    };
    picky = await startFaultyRuntime({ call: 'put', answer });
    world = await World.open();
    await world.write(
      'pipebase.yaml',
      `${world.registryText()}  picky: { url: "${picky.url}", parameters: { topic: plain-9137, line: 4, zone: eu-1, place: 'user=app;host={{topic}}' } }\n`,
    );
    await world.addFlow(
      'rejected',
      '- from: {uri: "kafka:{{topic}}?lines={{line}}&zone={{zone}}&place={{place}}", steps: []}\n',
    );
    person.types = () => 'picky-token-5521';
    await world.run('pipebase.environment.setToken', { environment: 'picky' });
    await refresh();
    person.reset();
  });
  after(async () => {
    await world.close();
    await picky.close();
  });

  const logs = (): string => readLogFiles(dirname(process.env.PIPEBASE_TEST_REPORT ?? ''));

  it('has its reason, with line and column, in the message and in the log, and no value in the log', async () => {
    await world.run('pipebase.flow.deploy', { flow: 'rejected', environment: 'picky' });
    const [told] = person.told;
    assert.equal(
      told?.message,
      'rejected was not deployed to picky: the runtime rejects it (400). Line 4, column 9: no consumer for topic plain-9137 of eu-1 at user=app;host=plain-9137.',
    );
    assert.deepEqual(told.buttons, ['Show Log']);
    await until(() => {
      assert.match(
        logs(),
        /\[warning\].*\[[0-9a-f]{8}\] rejected was not deployed to picky: the runtime rejects it \(400\)\. Line 4, column 9: no consumer for topic •+ of •+ at •+\.$/m,
      );
    });
    assert.doesNotMatch(logs(), /plain-9137|picky-token-5521|eu-1|user=app/);
  });

  it('is in the log once for each flow of a selection', async () => {
    await world.addFlow('refused', '- from: {uri: "kafka:{{topic}}", steps: []}\n');
    const nodes = ['refused', 'rejected'].map((flow) => ({
      target: { kind: 'flow', folder: world.key, flow, file: '' },
    }));
    person.picks = () => 'picky';
    await commands.executeCommand('pipebase.flow.deployTo', nodes[0], nodes);
    await until(() => {
      assert.equal(logs().match(/\] refused was not deployed to picky: .* Line 4, column 9/g)?.length, 1);
      assert.equal(logs().match(/\] rejected was not deployed to picky: .* Line 4, column 9/g)?.length, 2);
    });
  });

  it('is in the log, too, where the operation was not allowed', async () => {
    await world.run('pipebase.flow.promote', { flow: 'rejected', from: 'picky' });
    assert.equal(person.told.at(-1)?.message, 'picky promotes to no environment. Set promotesTo in pipebase.yaml.');
    await until(() => {
      assert.match(logs(), /\[[0-9a-f]{8}\] picky promotes to no environment\./);
    });
  });
});

describe('a protected environment', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('orders');
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    await world.run('pipebase.flow.promote', { flow: 'orders', from: 'dev' });
  });
  after(() => world.close());
  beforeEach(() => {
    person.reset();
  });

  const operations = [
    ['promote', { from: 'test' }, 'Promote orders from test to Production?', 'Promote to Production'],
    ['deploy', { environment: 'prod' }, 'Deploy orders to Production?', 'Deploy to Production'],
  ] as const;
  for (const [verb, target, question, button] of operations) {
    it(`sends nothing of a ${verb} that was not confirmed, and nothing is said after`, async () => {
      await world.run(`pipebase.flow.${verb}`, { flow: 'orders', ...target });
      assert.deepEqual(world.prod.writes(), []);
      const [asked, ...others] = person.told;
      assert.deepEqual(others, []);
      assert.equal(asked?.isModal, true);
      assert.equal(asked.message, question);
      assert.deepEqual(asked.buttons, [button]);
      assert.ok(asked.detail?.includes(`Production is at ${world.prod.url} and is protected.`), asked.detail);
    });
  }

  it('is not touched when VS Code refuses to ask', async () => {
    person.reset();
    person.presses = ({ isModal }) => {
      if (isModal) throw new Error('refused to show a dialog');
      return undefined;
    };
    await world.run('pipebase.flow.promote', { flow: 'orders', from: 'test' });
    assert.deepEqual(world.prod.writes(), []);
    assert.match(messages().at(-1) ?? '', /^orders was not promoted to Production: /);
  });

  it('takes what was confirmed, and asks again before the undeploy', async () => {
    person.presses = ({ buttons, isModal }) => (isModal ? buttons[0] : undefined);
    await world.run('pipebase.flow.promote', { flow: 'orders', from: 'test' });
    assert.equal((await world.prod.flows()).length, 1);
    person.reset();
    await world.run('pipebase.flow.undeploy', { flow: 'orders', environment: 'prod' });
    assert.equal(person.told[0]?.message, 'Undeploy orders from Production?');
    assert.equal((await world.prod.flows()).length, 1);
  });
});

function messages(): readonly string[] {
  return person.told.map(({ message }) => message);
}

function bodies(writes: readonly { readonly body: string }[]): readonly unknown[] {
  return writes.map(({ body }) => JSON.parse(body) as unknown);
}
