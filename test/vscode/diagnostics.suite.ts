import assert from 'node:assert/strict';
import { DiagnosticSeverity, languages } from 'vscode';
import { until } from './support/until';
import { World, aFlowYaml, refresh } from './support/world';

describe('problems', () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world.close());

  const faultyRegistry = [
    'version: 1',
    'environments:',
    '  dev:',
    '    url: ftp://localhost:1',
    '    promotesTo: tset',
    '  test:',
    '    url: http://localhost:2',
    '    promotseTo: prod',
    '    protected: maybe',
    '  one: { url: "http://localhost:3", promotesTo: two }',
    '  two: { url: "http://localhost:4", promotesTo: one }',
    '',
  ].join('\n');

  /** `line:column code`, one-based as people count, in order. */
  function problems(path: string): readonly string[] {
    return languages
      .getDiagnostics(world.uri(path))
      .filter(({ source }) => source === 'Pipebase')
      .map(({ range, code }) => `${range.start.line + 1}:${range.start.character + 1} ${code as string}`)
      .sort();
  }

  it('of pipebase.yaml stand all at once where they are', async () => {
    await world.write('pipebase.yaml', faultyRegistry);
    await until(() => {
      assert.deepEqual(problems('pipebase.yaml'), [
        '10:49 promotion-cycle',
        '11:49 promotion-cycle',
        '4:10 bad-url',
        '5:17 unknown-promotion-target',
        '8:5 unknown-key',
        '9:16 wrong-value',
      ]);
    });
  });

  it('go away when the file is mended, without anything being asked', async () => {
    await world.write('pipebase.yaml', world.registryText().replaceAll(/ +parameters: .*\n/g, ''));
    await until(() => {
      assert.deepEqual(problems('pipebase.yaml'), []);
    });
  });

  it('of a flow follow its file: broken, mended, broken again, gone', async () => {
    const path = 'flows/orders.camel.yaml';
    const broken = '- route:\n    from:\n      uri: timer:x\n      steps: []\n- rout:\n    from: {uri: "timer:y"}\n';
    await world.write(path, broken);
    await until(() => {
      assert.deepEqual(problems(path), ['5:3 unknown-root']);
    });
    await world.write(path, aFlowYaml('orders'));
    await until(() => {
      assert.deepEqual(problems(path), []);
    });
    await world.write(path, '- route: [\n');
    await until(() => {
      assert.notDeepEqual(problems(path), []);
    });
    await world.remove(path);
    await until(() => {
      assert.deepEqual(problems(path), []);
    });
  });

  it('stand at both of two files with one id, until one is renamed', async () => {
    const [one, other] = ['flows/twin.camel.yaml', 'flows/twin/flow.camel.yaml'];
    await world.write(one, aFlowYaml('twin'));
    await world.write(other, aFlowYaml('twin2'));
    await until(() => {
      assert.deepEqual([problems(one), problems(other)], [['1:1 duplicate-flow-id'], ['1:1 duplicate-flow-id']]);
    });
    await world.remove(other);
    await until(() => {
      assert.deepEqual([problems(one), problems(other)], [[], []]);
    });
  });

  it('do not stand at what a build has copied, but where the registry looks there', async () => {
    const copies = ['target/classes/copied.camel.yaml', 'build/resources/copied.camel.yaml'];
    for (const path of [...copies, 'flows/copied.camel.yaml']) await world.write(path, aFlowYaml('copied'));
    await world.write('flows/broken.camel.yaml', '- rout: {}\n');
    await until(() => {
      assert.notDeepEqual(problems('flows/broken.camel.yaml'), [], 'everything is read');
    });
    assert.deepEqual(problems('flows/copied.camel.yaml'), []);
    await world.remove('flows/broken.camel.yaml');
    const flows = 'flows: { include: ["**/*.camel.yaml"], exclude: ["target/**"] }\n';
    await world.write('pipebase.yaml', `${flows}${world.registryText()}`);
    await until(() => {
      assert.deepEqual(problems('flows/copied.camel.yaml'), ['1:1 duplicate-flow-id']);
      assert.deepEqual(copies.map(problems), [[], ['1:1 duplicate-flow-id']]);
    });
    await Promise.all(copies.map((path) => world.remove(path)));
  });

  it('stand at a pattern that finds files which are no flows by their names', async () => {
    await world.write('routes/orders.yaml', aFlowYaml('orders'));
    await world.write('pipebase.yaml', `flows: { include: ["routes/*.yaml"] }\n${world.registryText()}`);
    await until(() => {
      assert.ok(problems('pipebase.yaml').includes('1:20 not-a-flow-file'));
    });
  });

  it("of a flow's parameter file stand in that file, and warn of what they hide", async () => {
    await world.write('pipebase.yaml', world.registryText());
    await world.write('flows/hides.camel.yaml', '- from: {uri: "kafka:{{topic}}", steps: []}\n');
    await world.write('flows/hides.params.json', '{\n  "topic": "mine",\n  "list": [1]\n}\n');
    await refresh();
    await until(() => {
      assert.deepEqual(problems('flows/hides.params.json'), ['2:3 hides-environment-value', '3:11 wrong-parameter']);
    });
    const severities = languages.getDiagnostics(world.uri('flows/hides.params.json')).map(({ severity }) => severity);
    assert.deepEqual(severities.sort(), [DiagnosticSeverity.Error, DiagnosticSeverity.Warning]);
  });
});
