import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type RecordedRuntime, startRecordedRuntime } from '../vscode/support/recordedRuntime';
import { type Folder, folderWith } from './folderWith';
import { giveToken } from './giveToken';
import { helloFlow } from './helloFlow';
import { isGreen } from './isGreen';
import { type LoopbackServer, loopbackServer } from './loopbackServer';
import { settled } from './settled';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

const token = 'right-token';

/** The flow as the slow one lists it: the same as in the folder. */
const good = { id: 'good', hash: createHash('sha256').update(helloFlow('good')).digest('hex'), routeCount: 1 };

describe('An environment that hangs', () => {
  story();
  let dev: RecordedRuntime;
  let slow: LoopbackServer;
  let folder: Folder;
  /** Whoever asks while it hangs waits, and is answered when it no longer does. */
  let awake: Promise<void> = Promise.resolve();
  let wakeUp = (): void => undefined;
  const opened = windowForSuite(async () => {
    dev = await startRecordedRuntime('dev', token);
    slow = await loopbackServer(async ({ path }) => {
      await awake;
      return { status: 200, json: path.endsWith('/health') ? { status: 'UP', routes: [] } : [good] };
    });
    folder = folderWith('dead-environment', {
      'pipebase.yaml': `version: 1\nenvironments:\n  dev: { url: ${dev.url} }\n  slow: { url: ${slow.url} }\n`,
      'good.camel.yaml': helloFlow('good'),
      '.vscode/settings.json': '{ "pipebase.refresh.intervalSeconds": 5 }',
    });
    return { workspace: folder.path };
  });
  after(async () => {
    await Promise.all([dev.close(), slow.close()]);
    folder.remove();
  });

  const lists = (calls: readonly { path: string }[]): number =>
    calls.filter(({ path }) => path.endsWith('/flows')).length;

  it('shows of when its state is, as every one does', async () => {
    const { driver, matrix } = opened();
    await driver.openViewContainer('Pipebase');
    for (const environment of ['dev', 'slow']) {
      await giveToken(driver, environment, token);
      await driver.treeRow(new RegExp(`^\\s*${environment}.*as of \\d`, 's'), 'Environments').waitFor();
    }
    await driver.runCommand('Pipebase: Open Promotion Matrix of All Flows');
    await matrix.cell('good', 'slow').getByText('In sync').waitFor();
    assert.equal(await isGreen(matrix.cell('good', 'slow').locator('.state .icon')), true);
    const times = await matrix.page.locator('.columns .read-at').allTextContents();
    assert.equal(times.length, 2);
    for (const time of times) assert.match(time, /^as of \d/);
  });

  it('keeps its last state as such and holds up no other while it is read', async () => {
    const { matrix } = opened();
    awake = new Promise((resolve) => (wakeUp = resolve));
    const [before, others] = [lists(slow.requests), lists(dev.calls)];
    await settled(
      'the other one is read again',
      () => Promise.resolve([lists(slow.requests) - before, lists(dev.calls) - others] as const),
      ([hanging, other]) => hanging === 1 && other >= 2,
    );
    assert.equal(await matrix.cell('good', 'slow').locator('.state').textContent(), 'In sync');
    assert.match(await matrix.page.locator('.columns .read-at').nth(1).innerText(), /^as of \d/);
  });

  it('says then when it last answered and what it was, in no green', async () => {
    const { driver, matrix, window } = opened();
    const cell = matrix.cell('good', 'slow');
    await cell.getByText('Unreachable').waitFor();
    assert.match(
      (await cell.getAttribute('title')) ?? '',
      /not answer in time.*When it last answered, at .*: in sync\.$/,
    );
    assert.match(await matrix.page.locator('.columns .read-at').nth(1).innerText(), /^last answered \d/);
    assert.equal(await isGreen(cell.locator('.state .icon')), false);
    // The tree is drawn a moment after the matrix.
    await driver.treeRow(/slow.*last answered \d.*It did not answer in time/s, 'Environments').waitFor();
    await window.screenshot('an-environment-that-hangs');
  });

  it('is as the others again once it answers', async () => {
    const { driver, matrix } = opened();
    wakeUp();
    await driver.runCommand('Pipebase: Refresh');
    await matrix.cell('good', 'slow').locator('.state').getByText('In sync').waitFor();
    assert.match(await matrix.page.locator('.columns .read-at').nth(1).innerText(), /^as of \d/);
  });
});
