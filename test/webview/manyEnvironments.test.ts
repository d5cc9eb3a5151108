import * as assert from 'node:assert/strict';
import type { CellStateName } from '../../src/core/promotion/types';
import type { EnvironmentView, MatrixView } from '../../src/shared/matrixView';
import { closeBrowser, type MatrixWindow, openMatrix } from './matrixWindow';
import { cell, environments, sampleFlows, view } from './sampleViews';

/** Times as `toLocaleString` writes them, with a space that no line breaks at. */
const times = ['as of 9:41\u202fAM', 'as of 12:43\u202fPM', 'last answered 11/23/26, 12:32\u202fPM'];
const places: readonly Partial<EnvironmentView>[] = [
  { label: 'dev', healthText: '0 flows' },
  { label: 'Integration and acceptance', readText: times[1] ?? '' },
  { label: 'staging', health: 'unreachable', healthText: 'It does not answer. Check that the runtime runs.' },
  { label: 'preproduction-eu-central-1', isProtected: true },
  { label: 'Production', isProtected: true },
  { label: 'disaster-recovery-eu-west-2', health: 'degraded' },
  { label: 'archive', health: 'not-checked', readText: '', healthText: 'Not checked yet' },
];
const states: readonly CellStateName[] = ['in-sync', 'stale', 'not-deployed', 'unreachable', 'unknown'];

/** As many environments, each of which promotes to the next. */
function wideView(count: number): MatrixView {
  const [first] = environments();
  assert.ok(first);
  const shown = places.slice(0, count).map((place, index): EnvironmentView => {
    const next = places[index + 1]?.label ?? 'nowhere';
    const promotesTo = { id: next, label: next, isCircle: false };
    const id = `e${index}`;
    return { ...first, isDefault: index === 0, readText: times[index % 3] ?? '', promotesTo, ...place, id };
  });
  const flows = sampleFlows().map((flow, row) => ({
    ...flow,
    cells: shown.map(({ id }, column) => cell(id, states[(row + column) % states.length] ?? 'unknown')),
  }));
  return { ...view(flows), folders: [{ key: 'file:///project', environments: shown, flows }] };
}

describe('the matrix of many environments', () => {
  let matrix: MatrixWindow;
  beforeEach(async () => {
    matrix = await openMatrix();
  });
  afterEach(async () => {
    assert.deepEqual(matrix.faults, []);
    await matrix.close();
  });
  after(closeBrowser);

  for (const width of [480, 700, 800, 1000, 1050, 1400]) {
    it(`shows five in ${width} px: none out of sight, no letter cut, what is shortened told in full`, async () => {
      await matrix.page.setViewportSize({ width, height: 700 });
      await matrix.show(wideView(5));
      assert.deepEqual(await misplacedTexts(matrix), []);
      assert.ok((await widthOf(matrix)) <= width, `the page is ${await widthOf(matrix)} px wide`);
      assert.equal(await hint(matrix), 0);
    });
  }

  for (const width of [700, 1000, 1400]) {
    it(`gives the states of five their whole words in ${width} px`, async () => {
      await matrix.page.setViewportSize({ width, height: 700 });
      await matrix.show(wideView(5));
      const cut = await matrix.page
        .locator('.state .ellipsis')
        .evaluateAll((all) =>
          all.filter((word) => word.scrollWidth > word.clientWidth).map((word) => word.textContent),
        );
      assert.deepEqual(cut, []);
    });

    it(`begins every time at one height in ${width} px, with its icon before it or above`, async () => {
      await matrix.page.setViewportSize({ width, height: 700 });
      await matrix.show(wideView(5));
      const heads = await matrix.page.locator('.columns .health-lines').evaluateAll((all) =>
        all.map((lines) => {
          const words = lines.querySelector('.read-at');
          const text = document.createRange();
          text.selectNodeContents(words ?? lines);
          const [line] = text.getClientRects();
          const icon = lines.querySelector('.icon')?.getBoundingClientRect();
          const isBeside =
            icon !== undefined && line !== undefined && icon.bottom > line.top && icon.right <= line.left;
          return { top: Math.round(line?.top ?? 0), isBeside };
        }),
      );
      assert.equal(new Set(heads.map(({ top }) => top)).size, 1, JSON.stringify(heads));
      assert.deepEqual([...new Set(heads.map(({ isBeside }) => isBeside))], [width <= 700]);
    });
  }

  it('says that there are more at the edge that hides them, until the last one is in sight', async () => {
    await matrix.page.setViewportSize({ width: 800, height: 700 });
    await matrix.show(wideView(7));
    assert.ok((await widthOf(matrix)) > 800);
    assert.equal(await hint(matrix), 1);
    assert.deepEqual(await misplacedTexts(matrix), []);
    await matrix.page.locator('[data-row=orders] .cell').last().focus();
    await matrix.page.evaluate(() => {
      window.scrollTo(document.documentElement.scrollWidth, 0);
    });
    const last = await matrix.page.locator('.columns .column').last().boundingBox();
    assert.ok(last && last.x + last.width <= 800, 'the last one stays out of sight');
    assert.equal(await hint(matrix), 0);
    const name = await matrix.page.locator('[data-row=orders] .flow-name').boundingBox();
    assert.ok(name && name.x >= 0, 'the names of the flows are gone');
  });
});

async function widthOf({ page }: MatrixWindow): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}

/** How much of the shadow at the right edge is seen, 0 to 1. */
async function hint({ page }: MatrixWindow): Promise<number> {
  return page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const content = document.querySelector('.content');
    return content ? Number(getComputedStyle(content, '::after').opacity) : NaN;
  });
}

interface DrawnText {
  readonly text: string;
  /** Of the heading or cell that it stands in: left, top, right, bottom. */
  readonly box: readonly number[];
  /** Of each of its lines. */
  readonly lines: readonly (readonly number[])[];
  readonly isShortened: boolean;
  /** What is told under the pointer, by itself and by what it stands in. */
  readonly titles: string;
}

/** Texts that reach out of their heading or cell, or are shortened and told in full nowhere. */
async function misplacedTexts(matrix: MatrixWindow): Promise<string[]> {
  return (await drawnTexts(matrix)).flatMap(({ text, box, lines, isShortened, titles }) => {
    const reachesOut = lines.some((line) =>
      line.some((edge, side) => (edge - (box[side] ?? 0)) * outwards(side) > 0.5),
    );
    const isLost = isShortened && !titles.includes(text.replace('→ ', ''));
    return [...(reachesOut ? [`${text} reaches out`] : []), ...(isLost ? [`${text} is told in full nowhere`] : [])];
  });
}

/** Left and top are outside where they are less. */
function outwards(side: number): number {
  return side < 2 ? -1 : 1;
}

/** All that can be seen, leaving out what is there for the ear alone. */
async function drawnTexts({ page }: MatrixWindow): Promise<DrawnText[]> {
  return page.locator(':is(.column, .cell, .flow-header) *').evaluateAll((all) =>
    all.flatMap((element) => {
      const around: Element[] = [];
      for (let each: Element | null = element; each !== null; each = each.parentElement) around.push(each);
      const looks = around.map((each) => getComputedStyle(each));
      const isSeen = looks.every(
        (look) => look.clipPath === 'none' && look.fontSize !== '0px' && look.display !== 'none',
      );
      if (!isSeen) return [];
      const short = element.closest('.ellipsis');
      const box = element.closest('.column, .cell, .flow-header')?.getBoundingClientRect();
      return [...element.childNodes]
        .filter((node) => node instanceof Text && node.data.trim() !== '')
        .map((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          const rects = short ? [short.getBoundingClientRect()] : [...range.getClientRects()];
          return {
            text: node.textContent ?? '',
            box: box ? [box.left, box.top, box.right, box.bottom] : [],
            lines: rects.map(({ left, top, right, bottom }) => [left, top, right, bottom]),
            isShortened: short !== null && short.scrollWidth > short.clientWidth,
            titles: around.map((each) => each.getAttribute('title') ?? '').join('\n'),
          };
        });
    }),
  );
}
