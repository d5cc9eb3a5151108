import * as assert from 'node:assert/strict';
import { closeBrowser, type MatrixWindow, openMatrix } from './matrixWindow';
import { themes } from './themes';
import { cell, flow, flowScope, folder, sampleFlows, setToken, view, withCell } from './sampleViews';

const orders = sampleFlows().slice(0, 1);

describe('the matrix of one flow', () => {
  let matrix: MatrixWindow;

  beforeEach(async () => {
    matrix = await openMatrix({ width: 900 });
  });
  afterEach(async () => {
    assert.deepEqual(matrix.faults, []);
    assert.deepEqual(await matrix.violations(), []);
    await matrix.close();
  });
  after(closeBrowser);

  it('has a row for each environment in promotion order, with its state', async () => {
    await matrix.show(view(orders, flowScope('orders')));
    assert.equal(await matrix.page.locator('h1').textContent(), 'Accept orders over HTTP');
    assert.deepEqual(await matrix.page.locator('.environment .environment-label').allTextContents(), [
      'dev',
      'test',
      'staging',
      'prod',
    ]);
    assert.deepEqual(await matrix.page.locator('.badge').allTextContents(), [
      'In sync',
      'Not deployed',
      'Not deployed',
      'Not deployed',
    ]);
  });

  it('says in sight of when the state of each environment is', async () => {
    await matrix.show(view(orders, flowScope('orders')));
    const times = matrix.page.locator('.environment-header .read-at');
    assert.deepEqual(await times.allTextContents(), ['as of 10:40', 'as of 10:41', 'as of 10:42', 'as of 10:43']);
    assert.ok(await times.first().isVisible());
  });

  it('shows the name of an environment whole before what it promotes to', async () => {
    const [own] = view(orders, flowScope('orders')).folders;
    assert.ok(own);
    const target = { id: 'prod', label: 'Production Europe-West (Frankfurt am Main)', isCircle: false };
    const [dev, ...others] = own.environments;
    assert.ok(dev);
    const environments = [{ ...dev, label: 'Development here', promotesTo: target }, ...others];
    await matrix.show({ ...view(orders, flowScope('orders')), folders: [{ ...own, environments }] });
    for (const width of [900, 400]) {
      await matrix.page.setViewportSize({ width, height: 700 });
      const label = matrix.page.locator('.environment .environment-label').first();
      assert.ok(await label.evaluate((node) => node.scrollWidth <= node.clientWidth), `cut at ${width} px`);
    }
  });

  it('draws its line to the environment that is next, and not to one of the same name', async () => {
    const [own] = view(orders, flowScope('orders')).folders;
    const [dev, test, staging, prod] = own?.environments ?? [];
    assert.ok(own && dev && test && staging && prod);
    const promotesTo = { id: 'prod', label: 'test', isCircle: false };
    const environments = [{ ...dev, promotesTo }, test, staging, prod];
    await matrix.show({ ...view(orders, flowScope('orders')), folders: [{ ...own, environments }] });
    const linked = await matrix.page
      .locator('.environment')
      .evaluateAll((rows) => rows.map((row) => row.classList.contains('is-linked')));
    assert.deepEqual(linked, [false, true, true, false]);
  });

  it('walks the tutorial: promote on the row of test, wait, promote on the row of staging', async () => {
    await matrix.show(view(orders, flowScope('orders')));
    await matrix.posted();
    const test = matrix.page.locator('.environment[data-cell=test]');
    await test.getByRole('button', { name: 'Promote to test: Promote orders from dev to test' }).click();
    assert.deepEqual(await matrix.posted(), [
      { type: 'intent', intent: { kind: 'promote', folder, flow: 'orders', from: 'dev' } },
    ]);

    const [first] = orders;
    assert.ok(first);
    await matrix.show(view([withCell(first, 'test', { running: 'Promoting…', actions: [] })], flowScope('orders')));
    assert.equal(await test.locator('.badge').textContent(), 'Promoting…');
    assert.match(await matrix.focused(), /^Promoting…/);

    const done = flow('orders', first.displayName, ['in-sync', 'in-sync', 'not-deployed', 'not-deployed']);
    await matrix.show(view([done], flowScope('orders')));
    assert.equal(await test.locator('.badge').textContent(), 'In sync');
    assert.equal(await matrix.page.getByRole('status').textContent(), `${first.displayName}, test: In sync`);
    const staging = matrix.page.locator('.environment[data-cell=staging]');
    assert.equal(await staging.getByText('Promote to staging').count(), 1);
  });

  it('shows In sync in green', async () => {
    await matrix.show(view(orders, flowScope('orders')));
    const colours = await matrix.page.locator('.state-in-sync .badge').evaluate((badge) => {
      const probe = document.createElement('i');
      probe.className = 'icon-in-sync';
      badge.append(probe);
      const expected = getComputedStyle(probe).color;
      probe.remove();
      return [getComputedStyle(badge).borderColor, expected];
    });
    assert.equal(colours[0], colours[1]);
    assert.equal(colours[0], 'rgb(137, 209, 133)');
  });

  it('follows a change of the theme, the toolkit included', async () => {
    await matrix.show(view(orders, flowScope('orders')));
    const button = matrix.page.locator('vscode-button[appearance=primary]').first();
    const background = (): Promise<string> => button.evaluate((host) => getComputedStyle(host).backgroundColor);
    assert.equal(await background(), 'rgb(0, 120, 212)');
    await matrix.useTheme(themes.light);
    assert.equal(await background(), 'rgb(0, 95, 184)');
    await matrix.useTheme(themes.highContrast);
    assert.equal(await background(), 'rgb(0, 0, 0)');
  });

  it('gives the reason, and asks for a token where one is missing', async () => {
    const row = flow('orders', 'Orders', ['in-sync'], {
      cells: [cell('dev', 'unreachable', { reason: 'No deploy token is stored for dev.', actions: [setToken('dev')] })],
    });
    await matrix.show(view([row], flowScope('orders')));
    await matrix.posted();
    assert.equal(await matrix.page.locator('.reason').textContent(), 'No deploy token is stored for dev.');
    await matrix.page.getByText('Set Token…').click();
    assert.deepEqual(await matrix.posted(), [{ type: 'setToken', folder, environment: 'dev' }]);
  });

  it('says once why an environment cannot be reached, in a text or a tooltip', async () => {
    const why = 'It does not answer. Check that the runtime runs.';
    const last = 'When it last answered, at 10:41: in sync.';
    const row = flow('orders', 'Orders', [], { cells: [cell('dev', 'unreachable', { reason: `${why} ${last}` })] });
    const shown = view([row], flowScope('orders'));
    const environments = shown.folders[0]?.environments.map((environment) => {
      return { ...environment, health: 'unreachable', healthText: why, readText: 'last answered 10:41' } as const;
    });
    await matrix.show({
      ...shown,
      folders: shown.folders.map((one) => ({ ...one, environments: environments ?? [] })),
    });
    const dev = matrix.page.locator('.environment[data-cell=dev]');
    const html = await dev.evaluate((node) => node.outerHTML);
    assert.equal(html.split(why).length - 1, 1);
    assert.equal(html.split('10:41').length - 1, 1);
    assert.equal(await dev.locator('.reason').textContent(), `${why} ${last}`);
  });

  it('goes back to all flows, to the row it came from', async () => {
    await matrix.show(view(sampleFlows()));
    await matrix.page.locator('[data-row=payments] .flow-name').click();
    await matrix.show(view(sampleFlows(), flowScope('payments')));
    assert.deepEqual(await matrix.kept(), { scope: flowScope('payments') });
    assert.equal(await matrix.focused(), 'Route payments by amount and currency');
    await matrix.posted();
    await matrix.page.getByRole('button', { name: 'All Flows' }).click();
    await matrix.page.getByRole('button', { name: 'Open YAML' }).click();
    assert.deepEqual(await matrix.posted(), [
      { type: 'scope', scope: { kind: 'all' } },
      { type: 'openYaml', folder, flow: 'payments' },
    ]);
    await matrix.show(view(sampleFlows()));
    assert.deepEqual(await matrix.kept(), { scope: { kind: 'all' } });
    assert.equal(await matrix.page.evaluate(() => document.activeElement?.className), 'flow-name ellipsis');
    assert.equal(await matrix.focused(), 'Route payments by amount and currency');
  });

  it('has a way back where the flow is gone', async () => {
    const empty = {
      text: 'This flow is no longer in the workspace.',
      action: { label: 'Show All Flows', command: 'showAll' },
    } as const;
    await matrix.show({ ...view([], flowScope('gone')), empty });
    await matrix.posted();
    await matrix.page.getByText('Show All Flows').click();
    assert.deepEqual(await matrix.posted(), [{ type: 'command', command: 'showAll' }]);
  });
});
