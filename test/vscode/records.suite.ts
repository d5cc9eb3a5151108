import assert from 'node:assert/strict';
import { appendFile, readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TreeItem } from 'vscode';
import { person } from './support/person';
import { treeDataProvider } from './support/registrations';
import { until } from './support/until';
import { World } from './support/world';

describe('what is known of an operation', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('recorded');
  });
  after(() => world.close());
  beforeEach(() => {
    person.reset();
  });

  /** What the tree says of the flow in dev, test and prod. */
  async function cells(): Promise<readonly (string | undefined)[]> {
    const provider = treeDataProvider('pipebase.flows');
    const flow = ((await provider.getChildren()) ?? []).find(({ item }) => item.label === 'recorded');
    const rows = (await provider.getChildren(flow)) ?? [];
    return rows.map(({ item }: { readonly item: TreeItem }) => String(item.description));
  }

  async function logFile(): Promise<string> {
    const root = dirname(process.env.PIPEBASE_TEST_REPORT ?? '');
    const found = (await readdir(root, { recursive: true })).filter((path) => path.endsWith('operations.jsonl'));
    for (const path of found.map((each) => join(root, each))) {
      if ((await readFile(path, 'utf8')).includes('"flow":"recorded"')) return path;
    }
    throw new Error('there is no log');
  }

  it('comes from another window of the workspace, too', async () => {
    await world.run('pipebase.flow.deploy', { flow: 'recorded', environment: 'dev' });
    assert.match((await cells())[0] ?? '', /^In sync/);
    const file = await logFile();
    const last = (await readFile(file, 'utf8')).trim().split('\n').at(-1) ?? '';
    const theirs = { ...(JSON.parse(last) as object), id: 'of-another-window', parameterDigest: 'of other values' };
    await appendFile(file, `\n${JSON.stringify(theirs)}\n`);
    await until(async () => {
      assert.match((await cells())[0] ?? '', /^Stale · Parameters/);
    });
  });

  it('is not shown as going on while its question is open', async () => {
    let asked: readonly (string | undefined)[] = [];
    person.presses = async ({ buttons }) => {
      asked = await cells();
      return buttons[0];
    };
    const held = world.prod.holdWrites();
    const deploying = world.run('pipebase.flow.deploy', { flow: 'recorded', environment: 'prod' });
    await held.waiting;
    assert.equal((await cells())[2], 'Deploying…');
    held.release();
    await deploying;
    assert.equal(asked[2], 'Not deployed');
    assert.match((await cells())[2] ?? '', /^In sync/);
  });
});
