import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser as PlaywrightBrowser, type Page, chromium } from 'playwright-core';
import { buildPatienceMs, requireCamel } from '../../camel/requireCamel';
import { ensureBrowser } from '../../host/browser';
import { findOnPath } from '../../host/findOnPath';
import { headlessOptions } from '../../host/headlessOptions';
import { type TemporaryFolder, temporaryFolder } from '../../host/temporaryFolder';
import { VscodeDriver } from '../../host/vscodeDriver';
import { freePorts } from '../../host/freePorts';
import { story } from '../story';
import { areFree } from './areFree';
import { cacheWithBuilds } from './cacheWithBuilds';
import { type Checkout, checkoutCopy } from './checkoutCopy';
import { type NpmStart, npmStart } from './npmStart';

describe('npm start -- --camel', () => {
  story();
  let checkout: Checkout | undefined;
  let root: TemporaryFolder | undefined;
  let browser: PlaywrightBrowser | undefined;
  let started: NpmStart | undefined;
  let page: Page;
  let port: number;
  before(async function () {
    this.timeout(buildPatienceMs);
    await requireCamel(this);
    checkout = await checkoutCopy();
    root = temporaryFolder('pipebase-start');
    await cacheWithBuilds(root.path);
    port = (await freePorts(1))[0] ?? 0;
    browser = await chromium.launch(headlessOptions(await ensureBrowser()));
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    started = npmStart(checkout.path, ['--camel', '--host', 'server', '--port', String(port)], {
      XDG_CACHE_HOME: root.path,
      DISPLAY: '',
    });
  });
  after(async () => {
    await browser?.close();
    await started?.kill();
    root?.remove();
    checkout?.remove();
  });

  const npm = (): NpmStart => {
    if (!started) throw new Error('npm start was not called.');
    return started;
  };

  it('starts Apache Camel for each environment, and knows the tokens in the window', async () => {
    const [, address = ''] = await npm().said(/VS Code is at (\S+)/);
    assert.match(npm().output(), /Building and starting Apache Camel for dev, test, staging, prod…/);
    await page.goto(address);
    const driver = new VscodeDriver(page);
    await driver.openViewContainer('Pipebase');
    for (const name of ['dev', 'test', 'staging', 'prod']) {
      await driver.treeRow(new RegExp(`^${name}.*Camel 4\\.\\d+\\.\\d+ · 0 flows`, 's'), 'Environments').waitFor();
    }
  });

  it('runs what is deployed there, and shows what it logs', async () => {
    const driver = new VscodeDriver(page);
    for (const [flow, file] of [
      ['Greet whoever asks over HTTP', 'greeting.camel.yaml'],
      ['Log a heartbeat', 'heartbeat.camel.yaml'],
    ] as const) {
      await driver.treeRow(flow, 'Flows').click();
      await driver.untilShown(file);
      await driver.clickCodeLens('Deploy to dev');
      await driver.notificationText(`Deployed ${flow} to dev: in sync`);
    }
    const answer = await fetch(`http://localhost:${checkout?.ports[0] ?? 0}/greeting?name=you`);
    assert.equal(await answer.text(), 'Hello you, orders go to orders-dev here');
    await npm().said(/\[dev\] .*Orders go to orders-dev here/);
  });

  it('ends everything it started on Ctrl-C', async () => {
    npm().pressCtrlC();
    await npm().said(/VS Code has stopped\./);
    await npm().ended;
    await areFree([port, ...(checkout?.ports ?? [])]);
  });

  it('says what is missing and what to do where there is no Java', async () => {
    const bin = join(root?.path ?? '', 'bin');
    mkdirSync(bin, { recursive: true });
    for (const name of ['node', 'npm', 'sh']) symlinkSync(findOnPath([name]) ?? '', join(bin, name));
    const without = npmStart(checkout?.path ?? '', ['--camel'], { PATH: bin, JAVA_HOME: '', DISPLAY: '' });
    await without.said(/needs a JDK \(17 or later\) and Maven, and no `java` is on the PATH/);
    await without.said(/Install them, or run npm start without --camel\./);
    assert.equal(await without.ended, 1);
  });
});
