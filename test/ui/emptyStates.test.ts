import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Locator } from 'playwright-core';
import type { VscodeDriver } from '../host/vscodeDriver';
import { emptyRuntime } from './emptyRuntime';
import { type Folder, folderWith } from './folderWith';
import { helloFlow } from './helloFlow';
import type { Matrix } from './matrix';
import { type LoopbackServer, loopbackServer } from './loopbackServer';
import { runningRoutes } from './runningRoutes';
import { settled } from './settled';
import { typeToken } from './typeToken';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

describe('A window without a folder', () => {
  const folder = folderWith('left', {});
  const opened = windowForSuite(() => Promise.resolve({ workspace: folder.path }));
  after(() => {
    folder.remove();
  });

  it('says so, and offers to open one', async () => {
    const { driver, window } = opened();
    await window.page.goto(`${window.origin}/?ew=true`);
    await driver.openViewContainer('Pipebase');
    for (const view of ['Flows', 'Environments']) {
      await assertWelcome(driver, 'Open the folder that holds your Camel flows.', ['Open Folder'], view);
    }
    for (const view of ['Flows', 'Environments']) {
      await driver.view(view).getByRole('button', { name: 'Open Folder' }).click();
      await driver.quickInput('Open Folder');
      await window.page.keyboard.press('Escape');
    }
  });
});

describe('An empty folder', () => {
  story();
  const folder = folderWith('empty-folder', {});
  const opened = windowForSuite(() => Promise.resolve({ workspace: folder.path }));
  after(() => {
    folder.remove();
  });
  const registry = (): string => join(opened().window.workspaceDir, 'pipebase.yaml');
  const flowFile = (): string => join(opened().window.workspaceDir, 'flows', 'hello.camel.yaml');

  it('has no pipebase.yaml: the one thing to do is to start local environments', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    await assertWelcome(driver, 'This folder has no pipebase.yaml yet.', ['Start Local Environments']);
    await assertWelcome(driver, 'Environments are listed in', ['Start Local Environments'], 'Environments');
    assert.equal(existsSync(registry()), false, 'nothing is written unasked');
  });

  it('starts four environments, writes pipebase.yaml, and says plainly that they do not run Camel', async () => {
    const { driver } = opened();
    await driver.view('Flows').getByRole('button', { name: 'Start Local Environments' }).click();
    const said = await driver.notificationText('Local environments are running');
    assert.match(said, /dev, test, staging, prod\. They store and check flows; they do not run Camel\./);
    for (const environment of ['dev', 'test', 'staging', 'prod']) {
      await driver.treeRow(environment, 'Environments').filter({ hasText: 'local · 0 flows' }).waitFor();
    }
    const text = readFileSync(registry(), 'utf8');
    const ports = [...text.matchAll(/url: http:\/\/localhost:(\d+)/g)].map(([, port]) => Number(port));
    assert.equal(ports.length, 4);
    for (const port of ports) assert.deepEqual(await runningRoutes(port), []);
    assert.deepEqual(
      [...text.matchAll(/promotesTo: (\w+)/g)].map(([, target]) => target),
      ['test', 'staging', 'prod'],
    );
  });

  it('then has no flows: the one thing to do is to make one', async () => {
    const { driver } = opened();
    await assertWelcome(driver, 'No flows found.', ['New Flow']);
  });

  it('says the same in the matrix, with the same one thing to do', async () => {
    const { driver, matrix, window } = opened();
    await driver.answerNotification('Local environments are running', 'Open Promotion Matrix');
    await assertEmptyMatrix(matrix, 'No flows found. A flow is a file named <id>.camel.yaml', 'New Flow');
    await matrix.page.locator('vscode-button', { hasText: 'New Flow' }).click();
    await driver.quickInput('New Flow');
    await window.page.keyboard.press('Escape');
  });

  it('refuses an id that cannot be one while it is typed', async () => {
    const { driver, window } = opened();
    await driver.view('Flows').getByRole('button', { name: 'New Flow' }).click();
    await (await driver.quickInput('New Flow')).fill('no spaces');
    await window.page.locator('.quick-input-message', { hasText: 'Letters, digits, dot' }).waitFor();
  });

  it('makes a flow that can be deployed as it is', async () => {
    const { driver } = opened();
    await driver.answerInput('hello', 'New Flow');
    await driver.tab('hello.camel.yaml').waitFor();
    assert.ok(existsSync(flowFile()));
    await driver.treeRow('hello', 'Flows').waitFor();
    await driver.clickCodeLens('Deploy to dev');
    await driver.notificationText('Deployed hello to dev: in sync.');
    await driver.codeLens('dev: In sync').first().waitFor();
  });
});

describe('A pipebase.yaml without a usable environment', () => {
  const folder = folderWith('broken-registry', {
    'pipebase.yaml': 'version: 1\nenvironments: [dev\n',
    'hello.camel.yaml': helloFlow('hello'),
  });
  const opened = windowForSuite(() => Promise.resolve({ workspace: folder.path }));
  after(() => {
    folder.remove();
  });

  it('is said in place of the environments, and can be opened; the flows are still there', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    const text = 'pipebase.yaml has no usable environment.';
    await assertWelcome(driver, text, ['Open pipebase.yaml'], 'Environments');
    await driver.treeRow('Say hello from hello', 'Flows').waitFor();
    await driver.view('Environments').getByRole('button', { name: 'Open pipebase.yaml' }).click();
    await driver.tab('pipebase.yaml').waitFor();
    await driver.problem(/is not closed/);
  });

  it('is said in place of the flows where there are none', async () => {
    const { driver, window } = opened();
    await driver.runCommand('View: Close All Editors');
    rmSync(join(window.workspaceDir, 'hello.camel.yaml'));
    await assertWelcome(driver, 'pipebase.yaml has no usable environment.', ['Open pipebase.yaml']);
    await driver.view('Flows').getByRole('button', { name: 'Open pipebase.yaml' }).click();
    await driver.tab('pipebase.yaml').waitFor();
  });

  it('is said in the matrix, too, where it can be opened as well', async () => {
    const { driver, matrix } = opened();
    await driver.runCommand('View: Close All Editors');
    await driver.runCommand('Pipebase: Open Promotion Matrix of All Flows');
    await assertEmptyMatrix(matrix, 'pipebase.yaml has no usable environment.', 'Open pipebase.yaml');
    await matrix.page.locator('vscode-button', { hasText: 'Open pipebase.yaml' }).click();
    await driver.tab('pipebase.yaml').waitFor();
  });
});

describe('An environment without a token', () => {
  story();
  const token = 'right-token';
  let server: LoopbackServer;
  let folder: Folder;
  const opened = windowForSuite(async () => {
    server = await loopbackServer(emptyRuntime(token));
    folder = folderWith('no-token', {
      'pipebase.yaml': `version: 1\nenvironments:\n  lab:\n    url: ${server.url}\n`,
      'hello.camel.yaml': helloFlow('hello'),
    });
    return { workspace: folder.path };
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  it('says that none is stored, and where to set it', async () => {
    const { driver, matrix } = opened();
    await driver.openViewContainer('Pipebase');
    await driver.view('Environments').getByText('No deploy token is stored here for lab.').waitFor();
    await driver.runCommand('Pipebase: Open Promotion Matrix of All Flows');
    await matrix.cellShows('hello', 'lab', 'Unreachable');
    assert.deepEqual(
      server.requests.filter(({ authorization }) => authorization !== undefined),
      [],
      'no token is made up',
    );
  });

  it('says that a wrong token is not accepted', async () => {
    const { driver } = opened();
    await driver.clickViewAction('Environments', 'Set Missing Deploy Token…');
    await typeToken(driver, 'lab', 'wrong-token');
    await driver.treeRow(/lab.*It does not accept the deploy token/s, 'Environments').waitFor();
    const lists = server.requests.filter(({ path }) => path === '/_api/flows');
    assert.equal(lists.at(-1)?.authorization, 'Bearer wrong-token');
  });

  it('works with the right one, set from the matrix', async () => {
    const { driver, matrix } = opened();
    await matrix.clickInCell('hello', 'lab', 'Set Token…');
    await typeToken(driver, 'lab', token);
    await matrix.cellShows('hello', 'lab', 'Not deployed');
    await driver.treeRow(/lab.*Camel 4\.10\.0 · 0 flows/s, 'Environments').waitFor();
    await settled(
      'the token is not asked for any more',
      () => driver.view('Environments').getByText('No deploy token').count(),
      (count) => count === 0,
    );
  });

  it('shows the token nowhere', async () => {
    const { window } = opened();
    assert.ok(!(await window.page.locator('body').innerText()).includes(token));
    assert.ok(!window.logs().includes(token), 'not in a log either');
  });
});

describe('Restricted Mode', () => {
  story();
  let server: LoopbackServer;
  let folder: Folder;
  const opened = windowForSuite(async () => {
    server = await loopbackServer(emptyRuntime('any'));
    folder = folderWith('restricted', {
      'pipebase.yaml': `version: 1\nenvironments:\n  lab:\n    url: ${server.url}\n`,
      'hello.camel.yaml': helloFlow('hello'),
    });
    return { workspace: folder.path, trust: 'restricted' };
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  it('lists flows and environments, and says that nothing is sent', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    await driver.treeRow('Say hello from hello', 'Flows').waitFor();
    await driver.treeRow('lab', 'Environments').waitFor();
    await driver.view('Flows').getByText('Restricted Mode: nothing is sent to a runtime.').waitFor();
  });

  it('sends nothing, whatever is clicked', async () => {
    const { driver, matrix } = opened();
    await driver.treeRow('Say hello from hello', 'Flows').click();
    await driver.clickCodeLens('Promotion Matrix');
    const rows = await matrix.shows({ lab: 'Not checked' });
    assert.deepEqual(rows[0]?.actions, []);
    await matrix.page.getByText('Nothing is sent in Restricted Mode. Trust this workspace to see what runs.').waitFor();
    await driver.clickViewAction('Flows', 'Refresh');
    assert.equal(await driver.codeLens('Deploy').count(), 0);
    assert.deepEqual(server.requests, []);
  });

  it('works once the workspace is trusted', async () => {
    const { driver, matrix } = opened();
    assert.deepEqual(server.requests, []);
    await driver.trustWorkspace();
    await matrix.click('lab', 'Set Token…');
    await typeToken(driver, 'lab', 'any');
    const rows = await matrix.shows({ lab: 'Not deployed' });
    assert.deepEqual(rows[0]?.actions, ['Deploy']);
    const first = await settled(
      'requests arrive',
      () => Promise.resolve(server.requests.find(({ path }) => path === '/_api/flows')),
      (request) => request !== undefined,
    );
    assert.equal(first?.authorization, 'Bearer any');
  });
});

describe('An empty folder in Restricted Mode', () => {
  const folder = folderWith('restricted-empty', {});
  const opened = windowForSuite(() => Promise.resolve({ workspace: folder.path, trust: 'restricted' }));
  after(() => {
    folder.remove();
  });

  it('says that nothing is sent, and leads to where the folder can be trusted', async () => {
    const { driver, matrix, window } = opened();
    await driver.openViewContainer('Pipebase');
    await driver.runCommand('Pipebase: Open Promotion Matrix of All Flows');
    // The folder has been looked at by then, and its views are what they stay.
    await assertEmptyMatrix(matrix, 'This folder has no pipebase.yaml', 'Manage Workspace Trust');
    await assertWelcome(driver, 'flows are listed, but nothing is sent', ['Manage Workspace Trust']);
    const text = 'environments are listed, but nothing is sent';
    await assertWelcome(driver, text, ['Manage Workspace Trust'], 'Environments');
    for (const view of ['Flows', 'Environments']) {
      await driver.view(view).getByRole('button', { name: 'Manage Workspace Trust' }).click();
      await window.page.locator('.workspace-trust-editor').waitFor();
      await driver.closeTrustEditor();
    }
  });
});

/** One text, and one way on. */
async function assertEmptyMatrix({ page }: Matrix, text: string, button: string): Promise<void> {
  const empty = page.locator('.empty');
  await empty.getByText(text).waitFor();
  assert.deepEqual(await empty.locator('vscode-button').allInnerTexts(), [button]);
}

/** An empty view has one text and its buttons, no tree. */
async function assertWelcome(
  driver: VscodeDriver,
  text: string,
  buttons: readonly string[],
  view = 'Flows',
): Promise<void> {
  const welcome: Locator = driver.view(view).locator('.welcome-view-content');
  await welcome.filter({ hasText: text }).waitFor();
  await settled(
    `${buttons.join(', ')}, and no row`,
    async () => [...(await welcome.getByRole('button').allInnerTexts()), await driver.treeRow(/./, view).count()],
    (seen) => isDeepStrictEqual(seen, [...buttons, 0]),
  );
}
