import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { evidenceOnFailure } from '../../host/evidenceOnFailure';
import { VscodeDriver } from '../../host/vscodeDriver';
import { type VscodeWindow, openWindow } from '../../host/window';
import { settled } from '../settled';
import { story } from '../story';
import { type Checkout, checkoutCopy } from './checkoutCopy';

const buildPatienceMs = 60_000;

describe('F5 in a checkout', () => {
  story();
  let checkout: Checkout;
  let window: VscodeWindow | undefined;
  let developed: Page;
  before(async () => {
    checkout = await checkoutCopy();
    window = await openWindow({ workspace: checkout.path, automation: true });
  });
  evidenceOnFailure(() => window);
  after(async () => {
    await window?.close();
    checkout.remove();
  });

  const opened = (): VscodeWindow => {
    if (!window) throw new Error('The window is not open.');
    return window;
  };

  it('builds everything, then opens a second window on the sample workspace', async () => {
    const { page, workspaceDir } = opened();
    await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
    const second = page.context().waitForEvent('page', { timeout: buildPatienceMs });
    await pressF5(page);
    developed = await second;
    // Built before the window was asked for, the page included.
    for (const made of ['extension.js', 'app.js', 'transport.js', 'webview/matrix.js', 'webview/matrix.css']) {
      assert.ok(readFileSync(join(workspaceDir, 'dist', made)).length > 0, made);
    }
    await developed.waitForURL((url) => decodeURIComponent(url.href).includes('test/fixtures/sample-workspace'));
  });

  it('shows the extension under development there, with the debugger attached', async () => {
    const driver = new VscodeDriver(developed);
    await driver.openViewContainer('Pipebase');
    await driver.treeRow('Accept orders over HTTP', 'Flows').waitFor({ timeout: buildPatienceMs });
    await driver.treeRow(/dev.*local · 0 flows/s, 'Environments').waitFor();
    await opened().page.locator('.debug-toolbar').waitFor();
  });

  it('keeps building, and names an error in the Problems panel at its line', async () => {
    const { page, workspaceDir } = opened();
    const driver = new VscodeDriver(page);
    const source = join(workspaceDir, 'src', 'vscode', 'app.ts');
    const text = readFileSync(source, 'utf8');
    appendFileSync(source, 'const broken = ;\n');
    const problem = await driver.problem('Unexpected ";"');
    assert.match((await problem.textContent()) ?? '', new RegExp(`Ln ${text.split('\n').length},`));
    writeFileSync(source, text);
    await settled(
      'the problem goes with its cause',
      () => driver.problems(),
      (problems) => !problems.some((shown) => shown.includes('Unexpected')),
    );
  });
});

/** Until the extension that debugs has been activated, F5 only opens its view. */
async function pressF5(page: Page): Promise<void> {
  await settled(
    'F5 starts the task that builds',
    async () => {
      await page.keyboard.press('F5');
      return page
        .locator('.part.panel')
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    },
    (hasStarted) => hasStarted,
    buildPatienceMs,
  );
}
