import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyRuntime } from './emptyRuntime';
import { giveToken } from './giveToken';
import { type LoopbackServer, loopbackServer } from './loopbackServer';
import { runningRoutes } from './runningRoutes';
import { type SampleWorkspace, sampleWorkspace } from './sampleWorkspace';
import { settled } from './settled';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

const flow = 'Accept orders over HTTP';
const token = 'token-of-lab';

describe('After Developer: Reload Window', () => {
  story();
  let sample: SampleWorkspace;
  let lab: LoopbackServer;
  const opened = windowForSuite(async () => {
    sample = await sampleWorkspace();
    lab = await loopbackServer(emptyRuntime(token));
    appendFileSync(join(sample.path, 'pipebase.yaml'), `\n  lab:\n    url: ${lab.url}\n`);
    return { workspace: sample.path };
  });
  after(async () => {
    await lab.close();
    sample.remove();
  });

  const reload = async (): Promise<void> => {
    const { driver, window } = opened();
    await Promise.all([
      window.page.waitForEvent('load', { timeout: 60_000 }),
      driver.runCommand('Developer: Reload Window'),
    ]);
  };

  it('(before it: a flow is in dev and test, and a token is set)', async () => {
    const { driver, matrix } = opened();
    await driver.openViewContainer('Pipebase');
    await giveToken(driver, 'lab', token);
    await driver.treeRow(/lab.*0 flows/s, 'Environments').waitFor();
    await driver.treeRow(flow, 'Flows').click();
    await driver.clickCodeLens('Promotion Matrix');
    await matrix.shows({ dev: 'Not deployed' });
    await matrix.click('dev', 'Deploy');
    await matrix.click('test', 'Promote to test');
    await matrix.shows({ dev: 'In sync', test: 'In sync', lab: 'Not deployed' });
  });

  it('brings back the matrix with its flow, and local environments with the flows they had', async () => {
    const { driver, matrix } = opened();
    await reload();
    const rows = await matrix.shows({ dev: 'In sync', test: 'In sync', staging: 'Not deployed', prod: 'Not deployed' });
    assert.deepEqual(rows[2]?.actions, ['Promote to staging', 'Deploy']);
    assert.equal(await matrix.page.getByRole('heading', { level: 1 }).innerText(), flow);
    await driver.tab(`Promotion: ${flow}`).waitFor();
    assert.deepEqual(await runningRoutes(sample.ports[0] ?? 0), ['orders-http-to-kafka']);
    assert.deepEqual(await runningRoutes(sample.ports[2] ?? 0), []);
  });

  it('has not lost the token', async () => {
    const { matrix } = opened();
    const rows = await matrix.shows({ lab: 'Not deployed' });
    assert.equal(rows.find(({ environment }) => environment === 'lab')?.reason, '');
    const lists = lab.requests.filter(({ path }) => path === '/_api/flows');
    assert.equal(lists.at(-1)?.authorization, `Bearer ${token}`);
  });

  it('says nothing about it', async () => {
    assert.equal(await opened().driver.notification('').count(), 0);
  });

  it('goes on with the promotion', async () => {
    const { matrix } = opened();
    await matrix.click('staging', 'Promote to staging');
    await matrix.shows({ staging: 'In sync' });
    assert.deepEqual(await runningRoutes(sample.ports[2] ?? 0), ['orders-http-to-kafka']);
  });

  it('brings back the matrix of all flows, where that was open', async () => {
    const { matrix } = opened();
    await matrix.page.getByText('All Flows').click();
    await matrix.cellShows('orders', 'staging', 'In sync');
    await reload();
    await matrix.cellShows('orders', 'staging', 'In sync');
    await matrix.cellShows('payments', 'dev', 'Not deployed');
  });

  it('leaves local environments stopped that were stopped', async () => {
    const { driver, matrix } = opened();
    await driver.runCommand('Pipebase: Stop Local Environments');
    await matrix.cellShows('orders', 'dev', 'Unreachable');
    await reload();
    await matrix.cellShows('orders', 'dev', 'Unreachable');
    await settled(
      'nobody listens',
      () =>
        runningRoutes(sample.ports[0] ?? 0).then(
          () => 'a runtime',
          () => 'nobody',
        ),
      (who) => who === 'nobody',
    );
  });
});
