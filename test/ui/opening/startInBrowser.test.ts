import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser as PlaywrightBrowser, type Page, chromium } from 'playwright-core';
import { ensureBrowser } from '../../host/browser';
import { headlessOptions } from '../../host/headlessOptions';
import { isFreePort } from '../../host/isFreePort';
import { type TemporaryFolder, temporaryFolder } from '../../host/temporaryFolder';
import { VscodeDriver } from '../../host/vscodeDriver';
import { freePorts } from '../../host/freePorts';
import { settled } from '../settled';
import { story } from '../story';
import { areFree } from './areFree';
import { cacheWithBuilds } from './cacheWithBuilds';
import { type Checkout, checkoutCopy } from './checkoutCopy';
import { type NpmStart, npmStart } from './npmStart';
import { type StandIn, standInOpener } from './standIns';

// On Windows no signal can be sent as Ctrl-C does.
const describeHere = process.platform === 'win32' ? describe.skip : describe;

describeHere('npm start, with VS Code in the browser', () => {
  story();
  let checkout: Checkout;
  let root: TemporaryFolder;
  let opener: StandIn;
  let started: NpmStart;
  let browser: PlaywrightBrowser;
  let page: Page;
  let port: number;
  before(async () => {
    checkout = await checkoutCopy();
    root = temporaryFolder('pipebase-start');
    await cacheWithBuilds(root.path);
    opener = standInOpener(join(root.path, 'bin', process.platform === 'darwin' ? 'open' : 'xdg-open'));
    port = (await freePorts(1))[0] ?? 0;
    browser = await chromium.launch(headlessOptions(await ensureBrowser()));
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    started = npmStart(checkout.path, ['--host', 'server', '--port', String(port)], {
      XDG_CACHE_HOME: root.path,
      DISPLAY: ':0',
      PATH: opener.path,
    });
  });
  after(async () => {
    await browser.close();
    await started.kill();
    root.remove();
    checkout.remove();
  });

  it('says what it is doing, and where VS Code is', async () => {
    const [, address = ''] = await started.said(/VS Code is at (\S+)/);
    assert.match(address, new RegExp(`^http://127\\.0\\.0\\.1:${port}/\\?tkn=[0-9a-f]{48}&folder=`));
    const said = started.output();
    const steps = ['Using VS Code in the browser: asked for by the flags.', 'Building the extension…', 'Packaging'];
    assert.ok(
      steps.every((step) => said.includes(step)),
      said,
    );
    await started.said(/Press Ctrl-C to stop/);
    await page.goto(address);
  });

  it('lets nobody in who does not have that address', async () => {
    const stranger = await fetch(`http://127.0.0.1:${port}/?folder=/`);
    assert.equal(stranger.status, 403);
  });

  it('opens the address in the browser of the person', async () => {
    const [, address = ''] = await started.said(/VS Code is at (\S+)/);
    await settled(
      'the opener is called',
      () => Promise.resolve(opener.calls()),
      (calls) => calls.length === 1 && calls[0]?.[0] === address,
    );
  });

  it('has the eight flows and four local environments that run', async () => {
    const driver = new VscodeDriver(page);
    await driver.openViewContainer('Pipebase');
    await driver.treeRow(/dev.*local · 0 flows/s, 'Environments').waitFor();
    for (const name of ['test', 'staging', 'prod']) {
      await driver.treeRow(new RegExp(`^${name}.*local · 0 flows`, 's'), 'Environments').waitFor();
    }
    await settled(
      'the eight flows',
      () => driver.view('Flows').locator('.monaco-list-row').count(),
      (count) => count === 8,
    );
    for (const one of checkout.ports) assert.equal(await isFreePort(one), false);
  });

  it('ends everything it started on Ctrl-C', async () => {
    started.pressCtrlC();
    await started.said(/VS Code has stopped\./);
    await started.ended;
    await areFree([port, ...checkout.ports]);
  });
});
