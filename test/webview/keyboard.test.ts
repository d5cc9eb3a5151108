import * as assert from 'node:assert/strict';
import { closeBrowser, type MatrixWindow, openMatrix } from './matrixWindow';
import { flowScope, folder, sampleFlows, view } from './sampleViews';

describe('the matrix by keyboard', () => {
  let matrix: MatrixWindow;

  beforeEach(async () => {
    matrix = await openMatrix();
  });
  afterEach(() => matrix.close());
  after(closeBrowser);

  it('is one tab stop, which stays where one was', async () => {
    await matrix.show(view(sampleFlows()));
    await press('Tab', 'Tab');
    assert.equal(await place(), 'orders name');
    await press('ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight');
    assert.equal(await place(), 'customers-api dev');
    await press('Shift+Tab', 'Tab');
    assert.equal(await place(), 'customers-api dev');
    await press('Tab');
    assert.equal(await matrix.page.evaluate(() => document.activeElement === document.body), true);
  });

  it('moves by arrow keys, Home, End and with Control to the corners', async () => {
    await matrix.show(view(sampleFlows()));
    await press('Tab', 'Tab', 'End');
    assert.equal(await place(), 'orders prod');
    await press('ArrowDown', 'ArrowLeft');
    assert.equal(await place(), '019a5f2c-7d41-7b3e-9c58-2f6a1d04e8b7 staging');
    await press('Control+End');
    assert.equal(await place(), 'daily-totals staging');
    await press('Control+Home');
    assert.equal(await matrix.focused(), 'staging→ prodPromotes to prodCamel 4.14.0 · 6 flowsas of 10:42');
    await press('ArrowDown', 'Home');
    assert.equal(await place(), 'orders name');
    await press('PageDown');
    assert.equal(await place(), 'daily-totals name');
  });

  it('goes into the buttons of a cell by Enter, and back by Escape', async () => {
    await matrix.show(view(sampleFlows()));
    await matrix.posted();
    await matrix.page.locator('[data-row=payments] [data-cell=dev]').focus();
    await press('Enter');
    assert.equal(await matrix.focused(), 'Deploy payments to dev');
    await press('ArrowRight');
    assert.equal(await matrix.focused(), 'Undeploy payments from dev');
    await press('ArrowRight', 'Enter');
    await press('Escape');
    assert.equal(await place(), 'payments dev');
    assert.deepEqual(await matrix.posted(), [
      { type: 'intent', intent: { kind: 'undeploy', folder, flow: 'payments', environment: 'dev' } },
    ]);
  });

  it('opens a flow by Enter on its name', async () => {
    await matrix.show(view(sampleFlows()));
    await press('Tab', 'Tab', 'ArrowDown', 'ArrowDown', 'Enter');
    const messages = await matrix.posted();
    assert.deepEqual(messages.at(-1), { type: 'scope', scope: flowScope('customers-api') });
  });

  it('opens a flow by Enter on a cell without buttons', async () => {
    await matrix.show(view(sampleFlows()));
    await matrix.page.locator('[data-row=salesforce-accounts] [data-cell=staging]').focus();
    await press('Enter');
    const messages = await matrix.posted();
    assert.deepEqual(messages.at(-1), { type: 'scope', scope: flowScope('salesforce-accounts') });
  });

  it('reaches the actions of one flow by arrow keys', async () => {
    await matrix.show(view(sampleFlows().slice(3, 4), flowScope('payments')));
    await matrix.page.locator('.environment [data-stop]').first().focus();
    await press('ArrowRight', 'ArrowRight');
    assert.equal(await matrix.focused(), 'Deploy payments to dev');
    await press('ArrowRight');
    assert.equal(await matrix.focused(), 'Undeploy payments from dev');
    await press('ArrowDown');
    assert.equal(await matrix.focused(), 'Undeploy payments from test');
    await press('Space');
    const messages = await matrix.posted();
    assert.deepEqual(messages.at(-1), {
      type: 'intent',
      intent: { kind: 'undeploy', folder, flow: 'payments', environment: 'test' },
    });
  });

  it('skips what a narrow window leaves out, and opens the flow where its small buttons would be', async () => {
    await matrix.page.setViewportSize({ width: 560, height: 600 });
    await matrix.show(view(sampleFlows()));
    await press('Tab', 'Tab', 'ArrowRight');
    assert.equal(await place(), 'orders dev');
    await press('Enter');
    const messages = await matrix.posted();
    assert.deepEqual(messages.at(-1), { type: 'scope', scope: flowScope('orders') });
  });

  it('shows where the focus is', async () => {
    await matrix.show(view(sampleFlows()));
    await press('Tab', 'Tab', 'End');
    const outline = await matrix.page.evaluate(
      () => document.activeElement && getComputedStyle(document.activeElement).outline,
    );
    assert.equal(outline, 'rgb(0, 120, 212) solid 1px');
  });

  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) await matrix.page.keyboard.press(key);
  }

  function place(): Promise<string> {
    return matrix.page.evaluate(() => {
      const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row ?? '-';
      return `${row} ${document.activeElement?.closest<HTMLElement>('[data-cell]')?.dataset.cell ?? 'name'}`;
    });
  }
});
