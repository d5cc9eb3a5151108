import * as assert from 'node:assert/strict';
import type { EmptyAction, EnvironmentView, MatrixView } from '../../src/shared/matrixView';
import { closeBrowser, type MatrixWindow, openMatrix } from './matrixWindow';
import { cell, deploy, environments, flow, folder, manyFlows, promote, sampleFlows, view } from './sampleViews';

describe('the matrix of all flows', () => {
  let matrix: MatrixWindow;

  beforeEach(async () => {
    matrix = await openMatrix();
  });
  afterEach(async () => {
    assert.deepEqual(matrix.faults, []);
    assert.deepEqual(await matrix.violations(), []);
    await matrix.close();
  });
  after(closeBrowser);

  it('says that it is ready, and that it waits', async () => {
    assert.deepEqual(await matrix.posted(), [{ type: 'ready' }]);
    assert.equal(await matrix.page.locator('.loading').textContent(), 'Reading flows and environments…');
  });

  it('has a row for each flow and a column for each environment, in the order given', async () => {
    await matrix.show(view(sampleFlows()));
    const columns = await matrix.page.locator('[role=columnheader] .environment-label').allTextContents();
    assert.deepEqual(columns, ['dev', 'test', 'staging', 'prod']);
    const names = await matrix.page.locator('.flow-name').allTextContents();
    assert.deepEqual(
      names,
      sampleFlows().map(({ displayName }) => displayName),
    );
    const states = await matrix.page.locator('[data-row=payments] .state').allTextContents();
    assert.deepEqual(states, ['Stale', 'In sync', 'Unknown', 'Not deployed']);
  });

  it('shows the path of a flow, and not its id, where another has that id or its name', async () => {
    await matrix.show(
      view([{ ...flow('orders', 'Orders', []), path: 'shop/orders.camel.yaml' }, flow('payments', 'Payments', [])]),
    );
    assert.deepEqual(await matrix.page.locator('.flow-id').allTextContents(), ['shop/orders.camel.yaml', 'payments']);
  });

  it('shows what each environment promotes to, which is the default and which is protected', async () => {
    await matrix.show(view(sampleFlows()));
    const [dev, test, , prod] = await matrix.page.locator('[data-stop][role=columnheader]').allTextContents();
    assert.match(dev ?? '', /^devdefault→ testPromotes to testCamel 4\.14\.0 · 8 flowsas of 10:40$/);
    assert.match(test ?? '', /^test→ staging/);
    assert.match(prod ?? '', /^prodprotectedCamel/);
  });

  it('shows what runs instead of the state', async () => {
    await matrix.show(view(sampleFlows()));
    const cell = matrix.page.locator('[data-row=salesforce-accounts] [data-cell=staging]');
    assert.equal(await cell.locator('.state').textContent(), 'Promoting…');
  });

  it('opens a flow by a click anywhere on its row', async () => {
    await matrix.show(view(sampleFlows()));
    await matrix.posted();
    const scope = { kind: 'flow', folder, flow: 'payments' };
    await matrix.page.locator('[data-row=payments] .flow-name').click();
    await matrix.page.locator('[data-row=payments] [data-cell=test]').click({ position: { x: 12, y: 20 } });
    assert.deepEqual(await matrix.posted(), [
      { type: 'scope', scope },
      { type: 'scope', scope },
    ]);
  });

  it('opens the YAML, refreshes, and sends the message of an action as it came', async () => {
    await matrix.show(view(sampleFlows()));
    await matrix.posted();
    await matrix.page.locator('[data-row=payments]').hover();
    await matrix.page.getByRole('button', { name: 'Open YAML of Route payments' }).click();
    await matrix.page.getByRole('button', { name: 'Refresh' }).click();
    await matrix.page.getByRole('button', { name: 'Promote orders from dev to test' }).click();
    await matrix.page.locator('[data-row=price-list] [data-cell=staging] button').click();
    assert.deepEqual(await matrix.posted(), [
      { type: 'openYaml', folder, flow: 'payments' },
      { type: 'refresh' },
      { type: 'intent', intent: { kind: 'promote', folder, flow: 'orders', from: 'dev' } },
      { type: 'setToken', folder, environment: 'staging' },
    ]);
  });

  it('takes a double click for one, whatever is under the pointer by the second', async () => {
    await matrix.show(view(sampleFlows()));
    await matrix.posted();
    const promotion = matrix.page.getByRole('button', { name: 'Promote orders from dev to test' });
    await promotion.dblclick();
    const asked = { type: 'intent', intent: { kind: 'promote', folder, flow: 'orders', from: 'dev' } };
    assert.deepEqual(await matrix.posted(), [asked]);
    const place = await promotion.boundingBox();
    assert.ok(place);
    const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
    await matrix.page.mouse.click(x, y);
    await matrix.show(view([flow('orders', 'Orders', ['in-sync', 'in-sync', 'not-deployed', 'not-deployed'])]));
    const under = await matrix.page.evaluate(
      ([left = 0, top = 0]) => document.elementFromPoint(left, top)?.closest('button')?.title,
      [x, y],
    );
    assert.equal(under, 'Undeploy');
    await matrix.page.mouse.down({ clickCount: 2 });
    await matrix.page.mouse.up({ clickCount: 2 });
    assert.deepEqual(await matrix.posted(), [asked]);
    await matrix.page.mouse.click(x, y);
    assert.equal((await matrix.posted()).length, 1, 'a click of its own counts');
  });

  it('tells folders apart', async () => {
    const flows = sampleFlows().slice(0, 1);
    await matrix.show({
      scope: { kind: 'all' },
      folders: [
        { key: 'a', name: 'orders-integration', environments: environments(), flows },
        {
          key: 'b',
          name: 'reporting',
          environments: environments().slice(0, 2),
          flows: [],
          empty: { text: 'No flows yet.' },
        },
      ],
    });
    await matrix.posted();
    assert.deepEqual(await matrix.page.locator('h2').allTextContents(), ['orders-integration', 'reporting']);
    assert.equal(await matrix.page.locator('[data-folder=b] .empty').textContent(), 'No flows yet.');
    await matrix.page.locator('.flow-name').click();
    assert.deepEqual(await matrix.posted(), [{ type: 'scope', scope: { kind: 'flow', folder: 'a', flow: 'orders' } }]);
  });

  it('offers the next step where there is nothing to show', async () => {
    await matrix.show({
      scope: { kind: 'all' },
      folders: [],
      empty: {
        text: 'No pipebase.yaml.',
        action: { label: 'Start Local Environments', command: 'startLocalEnvironments' },
      },
    });
    await matrix.posted();
    await matrix.page.getByRole('button', { name: 'Start Local Environments' }).click();
    assert.deepEqual(await matrix.posted(), [{ type: 'command', command: 'startLocalEnvironments' }]);
  });

  it('offers the next step of each folder for that folder', async () => {
    const empties: readonly (readonly [string, EmptyAction])[] = [
      ['a', { label: 'Open pipebase.yaml', command: 'openRegistry', folder: 'a' }],
      ['b', { label: 'New Flow', command: 'newFlow', folder: 'b' }],
      ['c', { label: 'New Flow', command: 'newFlow', folder: 'c' }],
    ];
    const folders = empties.map(([key, action]) => ({
      key,
      name: `folder ${key}`,
      environments: environments(),
      flows: [],
      empty: { text: 'Nothing to show.', action },
    }));
    await matrix.show({ scope: { kind: 'all' }, folders });
    await matrix.posted();
    for (const [key, { label }] of empties) {
      const place = matrix.page.locator(`[data-folder=${key}]`);
      assert.deepEqual(await place.locator('vscode-button').allTextContents(), [label]);
      await place.getByRole('button', { name: label }).click();
    }
    assert.deepEqual(
      await matrix.posted(),
      empties.map(([folder, { command }]) => ({ type: 'command', command, folder })),
    );
  });

  it('keeps two files that claim one id apart', async () => {
    const twins = [flow('orders', 'One', ['stale']), flow('orders', 'Other', ['in-sync'])];
    await matrix.show(view(twins));
    assert.deepEqual(await matrix.page.locator('.flow-name').allTextContents(), ['One', 'Other']);
  });

  it('says in sight of when the state of each environment is, and nothing where there was none', async () => {
    const shown = view(sampleFlows());
    const [own] = shown.folders;
    assert.ok(own);
    const places = own.environments.map((environment, index) => {
      if (index === 2)
        return { ...environment, health: 'unreachable', readText: 'last answered 11/23/26, 2:32 PM' } as const;
      return index === 3 ? ({ ...environment, health: 'not-checked', readText: '' } as const) : environment;
    });
    await matrix.show({ ...shown, folders: [{ ...own, environments: places }] });
    const heads = matrix.page.locator('.columns .read-at');
    assert.deepEqual(await heads.allTextContents(), ['as of 10:40', 'as of 10:41', 'last answered 11/23/26, 2:32 PM']);
    for (const width of [1200, 880, 700, 480]) {
      await matrix.page.setViewportSize({ width, height: 700 });
      for (const head of await heads.all()) {
        const isWhole = await head.evaluate((node) => {
          const column = node.closest('.column')?.getBoundingClientRect();
          return node.getBoundingClientRect().right <= (column?.right ?? 0) && node.scrollWidth <= node.clientWidth;
        });
        assert.ok(isWhole, `the time is cut off at ${width} px`);
      }
    }
  });

  it('leaves a gap between a state and the actions beside it, and where there is room the whole word', async () => {
    const actions = [promote('orders', 'dev', 'test'), deploy('orders', 'test')];
    const cells = ['dev', 'test', 'staging', 'prod'].map((id) => cell(id, 'not-deployed', { actions }));
    await matrix.show(view([flow('orders', 'Accept orders over HTTP', [], { cells })]));
    const place = matrix.page.locator('[data-cell=test]');
    for (const width of [1400, 1100, 985, 984, 720]) {
      await matrix.page.setViewportSize({ width, height: 700 });
      await place.hover();
      const { gap, isWhole } = await place.evaluate((node) => {
        const word = node.querySelector('.state .ellipsis');
        const right = word?.getBoundingClientRect().right ?? Infinity;
        const left = node.querySelector('.cell-actions')?.getBoundingClientRect().left ?? 0;
        return { gap: left - right, isWhole: word !== null && word.scrollWidth <= word.clientWidth };
      });
      assert.ok(gap >= 4, `${gap} px between them at ${width} px`);
      assert.equal(isWhole || width <= 984, true, `the word is cut at ${width} px`);
    }
  });

  it('shows a draft as what is not deployed, by one icon', async () => {
    await matrix.show(view([flow('orders', 'Accept orders', ['not-deployed', 'not-deployed'])]));
    const row = matrix.page.locator('[data-row=orders]');
    const paths = await row
      .locator('.status path, .cell .state path')
      .evaluateAll((all) => all.map((path) => path.getAttribute('d')));
    assert.deepEqual(paths, Array(3).fill('M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5'));
  });

  it('treats texts as texts', async () => {
    const bad = '<img src=x onerror="window.posted.push(1)">"\'><script>window.posted.push(2)</script>';
    const row = flow(bad, bad, ['stale'], { problem: bad, statusLabel: bad });
    const environment = { ...environments()[0], id: 'dev', label: bad, url: bad, healthText: bad };
    await matrix.show({
      scope: { kind: 'all' },
      folders: [
        {
          key: bad,
          name: bad,
          environments: [
            { ...environments()[0], ...environment, promotesTo: { id: bad, label: bad, isCircle: true } } as never,
          ],
          flows: [row],
          empty: { text: bad },
        },
      ],
    });
    assert.equal(await matrix.page.locator('main img, main script').count(), 0);
    assert.equal(await matrix.page.locator('.flow-name').textContent(), bad);
    assert.deepEqual(await matrix.posted(), [{ type: 'ready' }]);
  });

  it('ignores messages of any other shape', async () => {
    await matrix.show(view(sampleFlows()));
    for (const junk of [
      null,
      1,
      'view',
      {},
      { type: 'view' },
      { type: 'view', view: { scope: { kind: 'all' }, folders: [{}] } },
    ]) {
      await matrix.send(junk);
    }
    assert.equal(await matrix.page.locator('.flow-name').count(), sampleFlows().length);
  });

  it('is as wide as its page again after it was scrolled and made less wide', async () => {
    await matrix.show(view(manyFlows(300)));
    await matrix.page.locator('.flow').last().scrollIntoViewIfNeeded();
    await matrix.page.locator('.flow').first().scrollIntoViewIfNeeded();
    for (const width of [700, 480]) {
      await matrix.page.setViewportSize({ width, height: 700 });
      const last = await matrix.page.locator('.columns .column').last().boundingBox();
      assert.ok(last && last.x + last.width <= width, `the last environment ends at ${last?.width} px of ${width}`);
    }
  });

  it('says why nothing is promoted where promotesTo runs in a circle', async () => {
    const [dev, ...others] = environments();
    assert.ok(dev);
    const circular: EnvironmentView = { ...dev, promotesTo: { id: 'dev', label: 'dev', isCircle: true } };
    const [own] = view(sampleFlows()).folders;
    assert.ok(own);
    await matrix.show({ scope: { kind: 'all' }, folders: [{ ...own, environments: [circular, ...others] }] });
    const hint = matrix.page.locator('.promotes-to').first();
    assert.equal(await hint.locator('[aria-hidden]').textContent(), '→ dev (a circle)');
    assert.match((await hint.getAttribute('title')) ?? '', /runs in a circle in pipebase\.yaml/);
  });

  it('shows a thousand flows, and says how long that takes beside what the browser takes for the same rows', async () => {
    const drawn = await timeUntilShown({ view: view(manyFlows(1000)) });
    assert.equal(await matrix.page.locator('.flow').count(), 1000);
    const rows = await matrix.page.evaluate(() => document.body.innerHTML);
    const copied = await timeUntilShown({ rows });
    console.log(
      `      1,000 flows × 4 environments: ${Math.round(drawn)} ms, ${(drawn / copied).toFixed(1)} × the floor`,
    );
  });

  /** Of a view that the page draws, or of rows that are there already; in milliseconds. */
  async function timeUntilShown(what: { view: MatrixView } | { rows: string }): Promise<number> {
    return matrix.page.evaluate(async (given) => {
      const start = performance.now();
      if ('rows' in given) document.body.appendChild(document.createElement('div')).innerHTML = given.rows;
      window.postMessage('view' in given ? { type: 'view', view: given.view } : {}, '*');
      await new Promise((resolve) => {
        window.addEventListener('message', resolve, { once: true });
      });
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve));
      const time = performance.now() - start;
      if ('rows' in given) document.body.lastElementChild?.remove();
      return time;
    }, what);
  }
});
