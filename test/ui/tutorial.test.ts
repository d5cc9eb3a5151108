import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VscodeDriver } from '../host/vscodeDriver';
import { environmentUnderFlow, iconOf } from './flowTree';
import { isGreen } from './isGreen';
import { deployedYaml, operationsLog } from './localStorage';
import type { ReadRow } from './matrix';
import { runningRoutes } from './runningRoutes';
import { type SampleWorkspace, sampleWorkspace } from './sampleWorkspace';
import { settled } from './settled';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

const flow = 'Accept orders over HTTP';
const file = 'orders.camel.yaml';
const route = 'orders-http-to-kafka';
const environments = ['dev', 'test', 'staging', 'prod'];

describe('Promote to prod, as in the tutorial', () => {
  story();
  let sample: SampleWorkspace;
  const opened = windowForSuite(async () => {
    sample = await sampleWorkspace();
    return { workspace: sample.path };
  });
  after(() => {
    sample.remove();
  });

  const port = (environment: string): number => sample.ports[environments.indexOf(environment)] ?? 0;
  const local = (): Buffer => readFileSync(join(opened().window.workspaceDir, 'flows', file));

  it('opens the flow from the list of flows', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    await driver.treeRow(flow, 'Flows').click();
    await driver.tab(file).waitFor();
    await settled(
      'the YAML is shown',
      () => driver.visibleText(),
      (text) => text.includes(`id: ${route}`),
    );
  });

  it('opens the promotion matrix from the CodeLens: a row per environment, in promotion order', async () => {
    const { driver, matrix } = opened();
    await driver.clickCodeLens('Promotion Matrix');
    const rows = await matrix.shows({ dev: 'Not deployed', prod: 'Not deployed' });
    assert.deepEqual(
      rows.map(({ environment }) => environment),
      environments,
    );
    assert.equal(await matrix.page.getByRole('heading', { level: 1 }).innerText(), flow);
  });

  it('opens it from the editor’s title, too', async () => {
    const { driver, matrix } = opened();
    await closeMatrix(driver);
    await driver.focusEditor();
    await driver.clickEditorAction('Open Promotion Matrix');
    await matrix.shows({ dev: 'Not deployed' });
  });

  it('opens it from the palette, too', async () => {
    const { driver, matrix } = opened();
    await closeMatrix(driver);
    await driver.focusEditor();
    await driver.runCommand('Pipebase: Open Promotion Matrix');
    await matrix.shows({ dev: 'Not deployed' });
  });

  it('opens it from the tree, too', async () => {
    const { driver, matrix } = opened();
    await closeMatrix(driver);
    await driver.untilTaken(
      () => driver.clickInlineAction(driver.treeRow(flow, 'Flows'), 'Open Promotion Matrix'),
      () => driver.page.locator('iframe.webview').waitFor(),
    );
    await matrix.shows({ dev: 'Not deployed' });
  });

  it('offers no promotion from where nothing is deployed', async () => {
    assert.deepEqual(promotions(await opened().matrix.rows()), []);
  });

  it('shows In sync everywhere, in green, after a deploy to dev', async () => {
    const { driver, matrix } = opened();
    await matrix.click('dev', 'Deploy');
    assert.match(await driver.notificationText('Deployed'), /Deployed Accept orders over HTTP to dev: in sync/);
    await matrix.shows({ dev: 'In sync', test: 'Not deployed' });
    assert.equal(await isGreen(matrix.badge('dev')), true, 'the badge of dev is green');
    assert.equal(await isGreen(matrix.badge('test')), false, 'the badge of test is not green');

    await driver.expandTreeRow(flow, 'Flows');
    const dev = environmentUnderFlow(driver, 'dev').filter({ hasText: 'In sync' });
    await dev.waitFor();
    assert.equal(await isGreen(iconOf(dev)), true, 'the icon of dev in the tree is green');
    assert.equal(await isGreen(iconOf(environmentUnderFlow(driver, 'test'))), false, 'that of test is not');

    await driver.tab(file).click();
    await driver.codeLens('dev: In sync').first().waitFor();
    assert.deepEqual(await runningRoutes(port('dev')), [route]);
    assert.deepEqual(deployedYaml(opened().window, 'dev', 'orders'), local());
  });

  it('offers “Promote to test” on the row of test, and only there', async () => {
    assert.deepEqual(promotions(await opened().matrix.rows()), [['test', 'Promote to test']]);
  });

  it('says Stale and why once the YAML is edited and saved, and offers no promotion then', async () => {
    const { driver, matrix } = opened();
    await driver.tab(file).click();
    await driver.typeAtEndOfLine(8, ',PUT');
    await driver.codeLens('dev: In sync (unsaved edits)').first().waitFor();
    await driver.save();
    await driver.codeLens('dev: Stale').first().waitFor();

    const rows = await matrix.shows({ dev: 'Stale' });
    assert.equal(rows[0]?.reason, 'The YAML here differs from what runs there.');
    assert.deepEqual(promotions(rows), []);
    const dev = environmentUnderFlow(driver, 'dev').filter({ hasText: 'Stale' });
    assert.match(await dev.innerText(), /The YAML here differs from what runs there\./);
    assert.equal(await driver.codeLens('Promote to test').count(), 0, 'no promotion in the CodeLens either');
  });

  it('is In sync again after Deploy in the editor', async () => {
    const { driver, matrix } = opened();
    await driver.clearNotifications();
    await driver.clickCodeLens('Deploy to dev');
    await driver.notificationText('Deployed');
    await driver.codeLens('dev: In sync').first().waitFor();
    const rows = await matrix.shows({ dev: 'In sync' });
    assert.deepEqual(promotions(rows), [['test', 'Promote to test']]);
    assert.deepEqual(deployedYaml(opened().window, 'dev', 'orders'), local());
  });

  for (const [from, to, next] of [
    ['dev', 'test', 'staging'],
    ['test', 'staging', 'prod'],
  ] as const) {
    it(`promotes from ${from} to ${to}: a toast confirms it, and the row says In sync`, async () => {
      const { driver, matrix } = opened();
      await driver.clearNotifications();
      await matrix.click(to, `Promote to ${to}`);
      const toast = await driver.notificationText('Promoted');
      assert.equal(toast, `Promoted Accept orders over HTTP from ${from} to ${to}: in sync.`);
      const rows = await matrix.shows({ [from]: 'In sync', [to]: 'In sync', [next]: 'Not deployed' });
      assert.deepEqual(promotions(rows), [[next, `Promote to ${next}`]]);
      assert.deepEqual(await runningRoutes(port(to)), [route]);
    });
  }

  it('asks before anything changes in prod, and sends nothing when the answer is no', async () => {
    const { driver, matrix, window } = opened();
    await driver.clearNotifications();
    const before = operationsLog(window).length;
    await matrix.click('prod', 'Promote to prod');
    const said = await driver.answerDialog('Cancel');
    assert.match(said, /Promote Accept orders over HTTP from staging to prod\?/);
    assert.ok(said.includes(`http://localhost:${port('prod')}`), `the question names the URL: ${said}`);
    await matrix.shows({ prod: 'Not deployed' });
    assert.deepEqual(await runningRoutes(port('prod')), []);
    assert.equal(deployedYaml(window, 'prod', 'orders'), undefined);
    assert.equal(operationsLog(window).length, before, 'the log has no new line');
  });

  it('promotes to prod when the answer is yes', async () => {
    const { driver, matrix } = opened();
    await matrix.click('prod', 'Promote to prod');
    await driver.answerDialog('Promote to prod');
    const toast = await driver.notificationText('Promoted');
    assert.equal(toast, 'Promoted Accept orders over HTTP from staging to prod: in sync.');
    await matrix.shows({ dev: 'In sync', test: 'In sync', staging: 'In sync', prod: 'In sync' });
  });

  it('has sent the same YAML everywhere', () => {
    for (const environment of environments) {
      assert.deepEqual(deployedYaml(opened().window, environment, 'orders'), local(), environment);
    }
  });

  it('rolls back: Undeploy on the row of prod asks, and the row says Not deployed', async () => {
    const { driver, matrix } = opened();
    await driver.clearNotifications();
    await matrix.click('prod', 'Undeploy');
    const said = await driver.answerDialog('Undeploy from prod');
    assert.match(said, /Undeploy Accept orders over HTTP from prod\?/);
    await driver.notificationText('Undeployed Accept orders over HTTP from prod');
    const rows = await matrix.shows({ staging: 'In sync', prod: 'Not deployed' });
    assert.deepEqual(promotions(rows), [['prod', 'Promote to prod']]);
    assert.deepEqual(await runningRoutes(port('prod')), []);
  });

  it('deploys again from the upstream: everything is In sync, and the flow Healthy', async () => {
    const { driver, matrix } = opened();
    await driver.clearNotifications();
    await matrix.click('prod', 'Promote to prod');
    await driver.answerDialog('Promote to prod');
    await driver.notificationText('Promoted');
    const rows = await matrix.shows({ dev: 'In sync', test: 'In sync', staging: 'In sync', prod: 'In sync' });
    assert.deepEqual(promotions(rows), []);
    await settled(
      'the status in the matrix',
      () => matrix.flowStatus(),
      (status) => status.trim() === 'Healthy',
    );
    await driver.treeRow(/Accept orders over HTTP.*Healthy/s, 'Flows').waitFor();
    assert.deepEqual(await runningRoutes(port('prod')), [route]);
  });
});

/** Which rows offer a promotion, and how it is called. */
async function closeMatrix(driver: VscodeDriver): Promise<void> {
  await driver.runCommand('View: Close Editor');
  await driver.page.locator('iframe.webview').waitFor({ state: 'detached' });
}

function promotions(rows: readonly ReadRow[]): string[][] {
  return rows.flatMap(({ environment, actions }) =>
    actions.filter((action) => action.startsWith('Promote')).map((action) => [environment, action]),
  );
}
