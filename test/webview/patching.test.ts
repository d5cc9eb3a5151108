import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CellStateName } from '../../src/core/promotion/types';
import type { FlowRowView, MatrixView } from '../../src/shared/matrixView';
import { closeBrowser, type MatrixWindow, openMatrix } from './matrixWindow';
import {
  cell,
  deploy,
  environments,
  flow,
  flowScope,
  folder,
  manyFlows,
  promote,
  sampleFlows,
  undeploy,
  view,
  withCell,
} from './sampleViews';

describe('patching the matrix', () => {
  let matrix: MatrixWindow;

  afterEach(() => matrix.close());
  after(closeBrowser);

  it('shows after any sequence of views what a fresh page would show', async () => {
    matrix = await openMatrix({ entry: 'test/webview/pageHarness.ts' });
    await fc.assert(
      fc.asyncProperty(fc.array(anyView, { minLength: 2, maxLength: 6 }), async (views) => {
        const { patched, fresh, tabStops } = await matrix.page.evaluate(
          (sequence) => window.patchedAndFresh(sequence),
          views,
        );
        assert.equal(patched, fresh);
        assert.deepEqual([...new Set(tabStops)], tabStops.length === 0 ? [] : [1]);
      }),
      { numRuns: 300 },
    );
    assert.deepEqual(matrix.faults, []);
  });

  it('touches one cell of a thousand flows when one cell changed', async () => {
    matrix = await openMatrix();
    const flows = manyFlows(1000);
    await matrix.show(view(flows));
    await watchMutations(matrix);
    const changed = flows.map((row, index) => (index === 500 ? withCell(row, 'test', { label: 'Checking…' }) : row));
    await matrix.show(view(changed));
    assert.deepEqual(await touched(matrix), ['flow-500 test']);
  });

  it('touches nothing when nothing changed', async () => {
    matrix = await openMatrix();
    await matrix.show(view(sampleFlows()));
    await watchMutations(matrix);
    await matrix.show(view(sampleFlows()));
    assert.deepEqual(await touched(matrix), []);
  });

  it('keeps the scroll position and the focus', async () => {
    matrix = await openMatrix();
    const flows = manyFlows(1000);
    await matrix.show(view(flows));
    await matrix.page.locator('[data-row="flow-700"] [data-cell="staging"]').focus();
    const before = await matrix.page.evaluate(() => window.scrollY);
    assert.ok(before > 10_000);
    await matrix.show(view(flows.map((row) => withCell(row, 'staging', { label: 'Checking…', actions: [] }))));
    assert.equal(await matrix.page.evaluate(() => window.scrollY), before);
    assert.equal(await focusedPlace(matrix), 'flow-700 staging');
  });

  it('leaves the focus on the cell when the button that had it goes', async () => {
    matrix = await openMatrix();
    const flows = sampleFlows();
    await matrix.show(view(flows));
    await matrix.page.getByRole('button', { name: 'Promote orders from dev to test' }).focus();
    await matrix.show(
      view(
        flows.map((row) => (row.id === 'orders' ? withCell(row, 'test', { running: 'Promoting…', actions: [] }) : row)),
      ),
    );
    assert.equal(await focusedPlace(matrix), 'orders test');
  });

  it('never turns the button under the finger into another one', async () => {
    matrix = await openMatrix();
    const row = flow('orders', 'Orders', ['stale', 'not-deployed', 'not-deployed', 'not-deployed']);
    await matrix.show(view([row], flowScope('orders')));
    await matrix.page.getByRole('button', { name: 'Deploy orders to dev', exact: true }).focus();
    await matrix.show(view([withCell(row, 'dev', { actions: [undeploy('orders', 'dev')] })], flowScope('orders')));
    await matrix.page.keyboard.press('Enter');
    assert.deepEqual(await matrix.posted(), [{ type: 'ready' }]);
    assert.match(await matrix.focused(), /^Stale/);
  });
});

const anyState = fc.constantFrom<CellStateName>('in-sync', 'stale', 'not-deployed', 'unreachable', 'unknown');
const anyText = fc.constantFrom('', 'A reason.', '<img src=x onerror=alert(1)>', '{{orders-topic}}');
const ids = ['dev', 'test', 'staging', 'prod'];

const anyCell = (environment: string) =>
  fc
    .record({ state: anyState, reason: anyText, running: fc.option(fc.constant('Deploying…'), { nil: undefined }) })
    .chain(({ running, ...rest }) =>
      fc
        .subarray([deploy('f', environment), promote('f', 'dev', environment), undeploy('f', environment)])
        .map((actions) =>
          cell(environment, rest.state, { ...rest, actions, ...(running !== undefined && { running }) }),
        ),
    );

const anyFlow = (id: string): fc.Arbitrary<FlowRowView> =>
  fc
    .record({
      displayName: fc.constantFrom(id, `Flow ${id}`),
      isUnsaved: fc.boolean(),
      problem: fc.option(anyText, { nil: undefined }),
      cells: fc.tuple(...ids.map(anyCell)),
    })
    .map(({ problem, ...rest }) => ({ ...flow(id, id, []), ...rest, ...(problem !== undefined && { problem }) }));

const anyView: fc.Arbitrary<MatrixView> = fc
  .record({
    // Two flows may claim one id.
    flows: fc.array(fc.constantFrom('a', 'b', 'c', 'd').chain(anyFlow), { maxLength: 5 }),
    count: fc.integer({ min: 1, max: 4 }),
    scope: fc.constantFrom('all', 'all', 'a', 'gone'),
    folderName: fc.option(fc.constant('project'), { nil: undefined }),
    empty: fc.option(fc.constant({ text: 'Nothing here.' }), { nil: undefined }),
    second: fc.boolean(),
  })
  .map(({ flows, count, scope, folderName, empty, second }) => {
    const rows = flows.map((row) => ({ ...row, cells: row.cells.slice(0, count) }));
    const first = {
      key: folder,
      environments: environments().slice(0, count),
      flows: rows,
      ...(folderName !== undefined && { name: folderName }),
      ...(empty && { empty }),
    };
    return {
      scope: scope === 'all' ? { kind: 'all' } : flowScope(scope),
      folders: second ? [{ ...first, key: 'second' }, first] : [first],
      ...(empty && { empty }),
    } satisfies MatrixView;
  });

declare global {
  interface Window {
    touched: Set<string>;
  }
}

async function watchMutations({ page }: MatrixWindow): Promise<void> {
  await page.evaluate(() => {
    window.touched = new Set();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const place = target instanceof Element ? target : target.parentElement;
        const row = place?.closest<HTMLElement>('[data-row]')?.dataset.row ?? '-';
        window.touched.add(`${row} ${place?.closest<HTMLElement>('[data-cell]')?.dataset.cell ?? '-'}`);
      }
    });
    const main = document.querySelector('.content');
    if (main) observer.observe(main, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

function touched({ page }: MatrixWindow): Promise<string[]> {
  return page.evaluate(() => [...window.touched]);
}

function focusedPlace({ page }: MatrixWindow): Promise<string> {
  return page.evaluate(() => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row ?? '-';
    return `${row} ${document.activeElement?.closest<HTMLElement>('[data-cell]')?.dataset.cell ?? '-'}`;
  });
}
