import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordedRuntime, startRecordedRuntime } from '../vscode/support/recordedRuntime';
import { allProblems } from './allProblems';
import { emptyRuntime } from './emptyRuntime';
import { type FaultyRegistry, faultyRegistry } from './faultyRegistry';
import { fileBytes } from './fileBytes';
import { type Folder, folderWith } from './folderWith';
import { freePorts } from '../host/freePorts';
import { giveToken } from './giveToken';
import { helloFlow } from './helloFlow';
import { type LoopbackServer, loopbackServer } from './loopbackServer';
import { story } from './story';
import { type OpenedWindow, windowForSuite } from './windowForSuite';

const token = 'right-token';
const twentyMegabytes = 20 * 1024 * 1024;

describe('Faulty files', () => {
  story();
  let dev: RecordedRuntime;
  let test: RecordedRuntime;
  let registry: FaultyRegistry;
  let folder: Folder;
  let before: Record<string, string>;
  const opened = windowForSuite(async () => {
    [dev, test] = [await startRecordedRuntime('dev', token), await startRecordedRuntime('test', token)];
    registry = faultyRegistry(dev.url, test.url);
    folder = folderWith('faulty-files', {
      'pipebase.yaml': registry.text,
      'flows/good.camel.yaml': helloFlow('good'),
      'flows/empty.camel.yaml': '',
      // 0xff is in no UTF-8 text.
      'flows/binary.camel.yaml': Buffer.concat([Buffer.from([0, 0xff]), randomBytes(4000)]),
      'flows/large.camel.yaml': `${helloFlow('large')}# ${'x'.repeat(twentyMegabytes)}\n`,
      'flows/one/twin.camel.yaml': helloFlow('twin-one', 'One twin'),
      'flows/two/twin.camel.yaml': helloFlow('twin-two', 'Other twin'),
    });
    before = fileBytes(folder.path);
    return { workspace: folder.path };
  });
  after(async () => {
    await Promise.all([dev.close(), test.close()]);
    folder.remove();
  });

  it('are named in the Problems panel, each with a sentence', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    await driver.treeRow('Say hello from good', 'Flows').waitFor();
    const problems = await allProblems(driver, registry.faultyLines.length + 5);
    const sentences = problems
      .filter(({ file }) => file.startsWith('flows/'))
      .map(({ file, message }) => [file, message]);
    assert.deepEqual(sentences, [
      ['flows/binary.camel.yaml', 'This file is not UTF-8 text, so it is not read. Save it as UTF-8.'],
      ['flows/empty.camel.yaml', 'This file is empty. A flow is a list that holds at least one route.'],
      ['flows/large.camel.yaml', 'This file is larger than 8 MiB and is not read. Split it.'],
      [
        'flows/one/twin.camel.yaml',
        'The id `twin` is also that of flows/two/twin.camel.yaml. Neither can be deployed: rename one, or leave it out with `flows.exclude` in pipebase.yaml.',
      ],
      [
        'flows/two/twin.camel.yaml',
        'The id `twin` is also that of flows/one/twin.camel.yaml. Neither can be deployed: rename one, or leave it out with `flows.exclude` in pipebase.yaml.',
      ],
    ]);
    const lines = problems.filter(({ file }) => file === 'pipebase.yaml').map(({ line }) => line);
    assert.deepEqual(lines, registry.faultyLines);
  });

  it('leave the environments that are fine usable: deploy and promote work', async () => {
    const { driver, matrix } = opened();
    for (const environment of ['dev', 'test']) {
      await giveToken(driver, environment, token);
    }
    await driver.treeRow('Say hello from good', 'Flows').click();
    await driver.clickCodeLens('Promotion Matrix');
    await matrix.shows({ dev: 'Not deployed', test: 'Not deployed' });
    await matrix.click('dev', 'Deploy');
    await matrix.click('test', 'Promote to test');
    await matrix.shows({ dev: 'In sync', test: 'In sync' });
    assert.deepEqual(
      (await test.flows()).map(({ id }) => id),
      ['good'],
    );
  });

  for (const [name, sentence] of [
    ['empty', 'empty cannot be deployed: This file is empty. A flow is a list that holds at least one route.'],
    ['binary', 'binary cannot be deployed: This file is not UTF-8 text'],
    ['large', 'large cannot be deployed: This file is larger than 8 MiB and is not read. Split it.'],
    [
      'One twin',
      'One twin cannot be deployed: another file has the same flow id. Rename one of them, or leave it out with flows.exclude in pipebase.yaml.',
    ],
  ] as const) {
    it(`cannot be deployed, and say why: ${name}`, async () => {
      const { driver, matrix } = opened();
      await driver.untilTaken(
        () => driver.chooseFromContextMenu(driver.treeRow(name, 'Flows'), 'Deploy'),
        () => driver.notificationText(sentence),
      );
      await driver.clearNotifications();
      await driver.untilTaken(
        () => driver.chooseFromContextMenu(driver.treeRow(name, 'Flows'), 'Open Promotion Matrix'),
        () => matrix.page.locator('.problem', { hasText: sentence }).first().waitFor(),
      );
      assert.deepEqual(
        (await matrix.rows()).flatMap(({ actions }) => actions).filter((action) => action !== 'Set Token…'),
        [],
      );
    });
  }

  it('are not changed, and nothing of them was sent', () => {
    assert.deepEqual(fileBytes(opened().window.workspaceDir), before);
    assert.deepEqual(
      dev.writes().map(({ path }) => path),
      ['/_api/flows/good'],
    );
  });
});

describe('Runtimes that cannot be used', () => {
  story();
  let dev: RecordedRuntime;
  let lab: LoopbackServer;
  let folder: Folder;
  const opened = windowForSuite(async () => {
    dev = await startRecordedRuntime('dev', token);
    lab = await loopbackServer(emptyRuntime(token));
    const [port = 0] = await freePorts(1);
    folder = folderWith('unusable-runtimes', {
      'pipebase.yaml': `version: 1
environments:
  dev: { url: "${dev.url}", promotesTo: down }
  down: { url: "http://127.0.0.1:${port}/runtime" }
  lab: { url: "${lab.url}" }
`,
      'good.camel.yaml': helloFlow('good'),
    });
    return { workspace: folder.path };
  });
  after(async () => {
    await Promise.all([dev.close(), lab.close()]);
    folder.remove();
  });

  it('say what is wrong, each its own', async () => {
    const { driver, matrix } = opened();
    await driver.openViewContainer('Pipebase');
    for (const [environment, given] of [
      ['dev', token],
      ['down', token],
      ['lab', 'wrong-token'],
    ] as const) {
      await giveToken(driver, environment, given);
    }
    await driver.treeRow('Say hello from good', 'Flows').click();
    await driver.clickCodeLens('Promotion Matrix');
    const [first, down, lab] = await matrix.shows({ dev: 'Not deployed', down: 'Unreachable', lab: 'Unreachable' });
    assert.deepEqual(first?.actions, ['Deploy']);
    assert.match(down?.reason ?? '', /^It does not answer\. Check that the runtime runs and that its URL is right\./);
    assert.deepEqual(down?.actions, []);
    assert.match(lab?.reason ?? '', /^It does not accept the deploy token\./);
    assert.deepEqual(lab?.actions, ['Set Token…']);
  });

  it('do not stand in the way of the others', async () => {
    const { matrix } = opened();
    await matrix.click('dev', 'Deploy');
    const rows = await matrix.shows({ dev: 'In sync' });
    assert.deepEqual(
      rows.flatMap(({ actions }) => actions).filter((action) => action.startsWith('Promote')),
      [],
      'nothing can be promoted to what does not answer',
    );
  });

  it('are refused in words when a command asks for them', async () => {
    const { driver } = opened();
    await driver.clearNotifications();
    await driver.tab('good.camel.yaml').click();
    await driver.runCommand('Pipebase: Promote');
    await driver.notificationText('down cannot be used now. It does not answer.');
    await driver.clearNotifications();
    await driver.runCommand('Pipebase: Deploy to…');
    await driver.pick('lab', 'Deploy Say hello from good to…');
    await driver.notificationText('lab cannot be used now. It does not accept the deploy token.');
    assert.deepEqual(
      lab.requests.filter(({ method }) => method !== 'GET'),
      [],
    );
  });
});

describe('A folder deleted while deploying', () => {
  story();
  let dev: RecordedRuntime;
  let guarded: RecordedRuntime;
  let folder: Folder;
  const opened = windowForSuite(async () => {
    [dev, guarded] = [await startRecordedRuntime('dev', token), await startRecordedRuntime('guarded', token)];
    folder = folderWith('deleted-folder', {
      'pipebase.yaml': `version: 1
environments:
  dev: { url: "${dev.url}" }
  guarded: { url: "${guarded.url}", protected: true }
`,
      'flows/first/first.camel.yaml': helloFlow('first'),
      'flows/second/second.camel.yaml': helloFlow('second'),
      'flows/third/third.camel.yaml': helloFlow('third'),
    });
    return { workspace: folder.path };
  });
  after(async () => {
    await Promise.all([dev.close(), guarded.close()]);
    folder.remove();
  });

  const remove = ({ window }: OpenedWindow, name: string): void => {
    rmSync(join(window.workspaceDir, 'flows', name), { recursive: true });
  };

  const openMatrixOf = async (flow: string): Promise<void> => {
    const { driver, matrix } = opened();
    await driver.untilTaken(
      () => driver.chooseFromContextMenu(driver.treeRow(flow, 'Flows'), 'Open Promotion Matrix'),
      () => matrix.page.getByRole('heading', { level: 1, name: flow }).waitFor(),
    );
  };

  it('(before it: tokens are set)', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    for (const environment of ['dev', 'guarded']) {
      await giveToken(driver, environment, token);
    }
  });

  it('while the question is open: nothing is sent, and it says so', async () => {
    const { driver, matrix } = opened();
    await openMatrixOf('Say hello from first');
    await matrix.shows({ guarded: 'Not deployed' });
    await matrix.click('guarded', 'Deploy');
    await driver.dialog().waitFor();
    remove(opened(), 'first');
    await driver.answerDialog('Deploy to guarded');
    await driver.notificationText('The workspace has no flow first.');
    assert.deepEqual(guarded.writes(), []);
    await matrix.page.getByText('The flow first is not in this workspace any more.').waitFor();
  });

  it('while the request is under way: it says what happened, and where the flow is now', async () => {
    const { driver, matrix } = opened();
    await driver.clearNotifications();
    await openMatrixOf('Say hello from second');
    await matrix.shows({ dev: 'Not deployed' });
    const held = dev.holdWrites();
    await matrix.click('dev', 'Deploy');
    await held.waiting;
    remove(opened(), 'second');
    await driver.treeRow('Say hello from second', 'Flows').waitFor({ state: 'detached' });
    held.release();
    // What is under way is told by a notification of its own, once it takes a while.
    await driver.notificationText(/Deployed .*second to dev/);
    await driver.treeRow(/dev.*1 not in this workspace/s, 'Environments').waitFor();
    await driver.expandTreeRow('dev', 'Environments');
    await driver.treeRow('second', 'Environments').waitFor();
  });

  it('leaves the other flows deployable', async () => {
    const { driver, matrix } = opened();
    await driver.clearNotifications();
    await openMatrixOf('Say hello from third');
    await matrix.shows({ dev: 'Not deployed' });
    await matrix.click('dev', 'Deploy');
    await matrix.shows({ dev: 'In sync' });
  });
});
