import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answering, answerOf, deleteFlow, putFlow, removeFlows } from './manageFlows';
import { camelRuntimes } from './rootHooks';
import type { CamelRuntime } from './startCamelRuntimes';

const template = (word: string): string => `- routeTemplate:
    id: hello
    parameters:
      - name: name
    from:
      uri: platform-http:/templated
      steps:
        - setBody:
            simple: '${word} {{name}}'
`;
const templated = `- templatedRoute:
    routeTemplateRef: hello
    routeId: templated
    parameters:
      - name: name
        value: you
`;

const configuration = `- routeConfiguration:
    id: rescue
    onException:
      - onException:
          exception:
            - java.lang.IllegalStateException
          handled:
            constant:
              expression: 'true'
          steps:
            - setBody:
                constant: rescued
`;
const configured = `- route:
    id: configured
    routeConfigurationId: rescue
    from:
      uri: platform-http:/configured
      steps:
        - throwException:
            exceptionType: java.lang.IllegalStateException
            message: lost
`;

describe('what a flow has for the routes of others', () => {
  let staging: CamelRuntime;
  before(() => {
    staging = camelRuntimes().of('staging');
  });
  afterEach(() => removeFlows(staging));

  async function deploy(id: string, yaml: string): Promise<void> {
    assert.deepEqual(await putFlow(staging, id, yaml), { status: 200 });
  }

  it('is there for the routes of others: templates', async () => {
    await deploy('z-shared', template('Hello'));
    await deploy('a-user', templated);
    assert.equal(await answerOf(staging, '/templated'), 'Hello you');
    await deploy('z-shared', template('Good day'));
    await deploy('a-user', templated);
    assert.equal(await answerOf(staging, '/templated'), 'Good day you');
  });

  it('is there for the routes of others: configurations', async () => {
    await deploy('z-shared', configuration);
    await deploy('a-user', configured);
    assert.equal(await answerOf(staging, '/configured'), 'rescued');
    await deploy('a-user', `${configured}${answering('/more', 'more')}`);
    assert.equal(await answerOf(staging, '/configured'), 'rescued');
  });

  it('goes with it: templates', async () => {
    await deploy('z-shared', template('Hello'));
    await deleteFlow(staging, 'z-shared');
    assert.equal((await putFlow(staging, 'a-user', templated)).status, 400);
  });

  it('goes with it: configurations', async () => {
    await deploy('z-shared', configuration);
    await deleteFlow(staging, 'z-shared');
    await deploy('a-user', configured);
    assert.equal(await answerOf(staging, '/configured'), 500);
  });

  it('is there before them after a restart, and every flow has what was written last as a whole', async () => {
    await deploy('z-shared', template('Hello') + configuration);
    await deploy('a-user', templated + configured);
    await putFlow(staging, 'written', answering('/written', 'old {{word}}'), { word: 'text' });
    await staging.stop();
    const before = readdirSync(staging.flowsDirectory);
    // As a write leaves it that is cut off before the YAML gets its name.
    writeFileSync(join(staging.flowsDirectory, 'flow1.tmp'), answering('/written', 'new {{word}}'));
    writeFileSync(join(staging.flowsDirectory, `written.${'0'.repeat(64)}.params.json`), '{"word": "new"}');
    await staging.start();
    assert.deepEqual(readdirSync(staging.flowsDirectory), before);
    assert.equal(await answerOf(staging, '/written'), 'old text');
    assert.equal(await answerOf(staging, '/templated'), 'Hello you');
    assert.equal(await answerOf(staging, '/configured'), 'rescued');
  });
});
