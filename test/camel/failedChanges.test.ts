import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  answering,
  answerOf,
  type ApiAnswer,
  deleteFlow,
  flowIds,
  putFlow,
  removeFlows,
  routeIds,
} from './manageFlows';
import { camelRuntimes } from './rootHooks';
import type { CamelRuntime } from './startCamelRuntimes';

/** `platform-http:/new`, and a policy of the runtime's own that lets no route start. */
const notStarting = answering('/new', 'new').replace('    from:', '    routePolicy: startFailure\n    from:');

describe('a change that fails', () => {
  let dev: CamelRuntime;
  before(() => {
    dev = camelRuntimes().of('dev');
  });
  beforeEach(async () => {
    assert.deepEqual(await putFlow(dev, 'greeting', answering('/old', 'old')), { status: 200 });
  });
  afterEach(() => removeFlows(dev));

  /** The version before runs and goes with the flow, and nothing of the failed one is left. */
  async function assertAsBefore(): Promise<void> {
    assert.equal(await answerOf(dev, '/old'), 'old');
    assert.equal(await answerOf(dev, '/new'), 404);
    assert.equal(await deleteFlow(dev, 'greeting'), 204);
    assert.equal(await answerOf(dev, '/old'), 404);
    assert.deepEqual(
      (await routeIds(dev)).filter((id) => ['old', 'new'].includes(id)),
      [],
    );
  }

  function assertRefused({ status, error = '' }: ApiAnswer, expectedStatus: number, sentence: RegExp): void {
    assert.equal(status, expectedStatus, error);
    assert.match(error, sentence);
  }

  it('leaves what was there where another flow has the path', async () => {
    await putFlow(dev, 'other', answering('/taken', 'taken'));
    const both = answering('/new', 'new') + answering('/taken', 'new', 'second');
    assertRefused(await putFlow(dev, 'greeting', both), 400, /does not start/);
    assert.equal(await answerOf(dev, '/taken'), 'taken');
    await assertAsBefore();
  });

  it('leaves what was there where the start ends with an error of the JVM', async () => {
    assertRefused(await putFlow(dev, 'greeting', notStarting), 400, /does not start: .*not to start/);
    await assertAsBefore();
  });

  it('leaves nothing where nothing was', async () => {
    assert.equal((await putFlow(dev, 'second', notStarting)).status, 400);
    assert.deepEqual(await flowIds(dev), ['greeting']);
    assert.equal(await deleteFlow(dev, 'second'), 404);
    await assertAsBefore();
  });

  it('leaves what was there where the flow cannot be stored', async () => {
    renameSync(dev.flowsDirectory, `${dev.flowsDirectory}-away`);
    const answer = await putFlow(dev, 'greeting', answering('/new', 'new'));
    renameSync(`${dev.flowsDirectory}-away`, dev.flowsDirectory);
    assertRefused(answer, 500, /cannot be stored/);
    await assertAsBefore();
  });

  it('leaves what was there where the file cannot be deleted', async () => {
    const file = join(dev.flowsDirectory, 'greeting.camel.yaml');
    rmSync(file);
    mkdirSync(join(file, 'something'), { recursive: true });
    const status = await deleteFlow(dev, 'greeting');
    rmSync(file, { recursive: true });
    assert.equal(status, 500);
    await assertAsBefore();
  });

  const deep: readonly (readonly [name: string, yaml: string])[] = [
    ['5,000 lists in each other', '['.repeat(5000)],
    [
      '1,500 steps in each other',
      `- from: { uri: platform-http:/new, steps: [${'{ pipeline: { steps: ['.repeat(1500)}${']}}'.repeat(1500)}]}\n`,
    ],
  ];
  for (const [name, yaml] of deep) {
    it(`is refused with a sentence: ${name}`, async () => {
      assertRefused(await putFlow(dev, 'greeting', yaml), 400, /nested too deeply/);
      await assertAsBefore();
    });
  }
});
