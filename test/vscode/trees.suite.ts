import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { mock } from 'node:test';
import { commands, TreeItem, window, type Disposable, type MarkdownString, type ThemeIcon } from 'vscode';
import { LazyTreeDataProvider } from '../../src/vscode/views/lazyTreeDataProvider';
import type { TreeNode } from '../../src/vscode/views/treeNode';
import { treeDataProvider } from './support/registrations';
import { codeLenses } from './support/lenses';
import { children } from './support/trees';
import { until } from './support/until';
import { World, aFlowYaml, refresh } from './support/world';

interface Node {
  readonly item: TreeItem;
}

describe('the trees', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('orders');
    await world.addFlow(
      'payments',
      '- route:\n    description: "[Pay](command:evil) **now**"\n    from: {uri: "timer:x"}\n',
    );
  });
  after(() => world.close());

  async function flow(label: string): Promise<Node> {
    const found = (await children('pipebase.flows')).find(({ item }) => item.label === label);
    assert.ok(found, `no flow ${label}`);
    return found;
  }

  /** The rows below a flow: label, description, context. */
  async function cells(label: string): Promise<readonly (readonly unknown[])[]> {
    const rows = await children('pipebase.flows', await flow(label));
    return rows.map(({ item }) => [item.label, item.description, item.contextValue]);
  }

  async function flowIcons(): Promise<readonly unknown[]> {
    return (await children('pipebase.flows')).map(({ item }) => item.iconPath);
  }

  it('show every flow with its status, and its environments in promotion order', async () => {
    const items = (await children('pipebase.flows')).map(({ item }) => item);
    assert.deepEqual(
      items.map(({ label, description, contextValue }) => [label, description, contextValue]),
      [
        ['[Pay](command:evil) **now**', 'Draft', 'flow+draft'],
        ['orders', 'Draft', 'flow+draft'],
      ],
    );
    assert.deepEqual(await cells('orders'), [
      ['dev', 'Not deployed', 'cell+notDeployed+deployable'],
      ['test', 'Not deployed', 'cell+notDeployed+deployable'],
      ['Production', 'Not deployed', 'cell+notDeployed+deployable'],
    ]);
  });

  it('follow a deploy, an edit and an undeploy', async () => {
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    assert.deepEqual((await cells('orders')).slice(0, 2), [
      ['dev', 'In sync', 'cell+inSync+undeployable'],
      ['test', 'Not deployed', 'cell+notDeployed+deployable+promotable'],
    ]);
    assert.equal((await flow('orders')).item.description, 'Partial');
    await world.addFlow('orders', aFlowYaml('orders', 'edited'));
    assert.deepEqual((await cells('orders'))[0], [
      'dev',
      'Stale · The YAML here differs from what runs there.',
      'cell+stale+deployable+undeployable',
    ]);
    assert.equal((await flow('orders')).item.description, 'Warning');
    await world.run('pipebase.flow.undeploy', { flow: 'orders', environment: 'dev' });
    assert.equal((await cells('orders'))[0]?.[1], 'Not deployed');
  });

  it('keep the ids of their items whatever the state, so that selection and scroll survive', async () => {
    const ids = async (): Promise<readonly unknown[]> => {
      const rows = await children('pipebase.flows', await flow('orders'));
      const environments = await children('pipebase.environments');
      return [...rows, ...environments, ...(await children('pipebase.flows'))].map(({ item }) => item.id);
    };
    const before = await ids();
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    assert.deepEqual(await ids(), before);
    assert.equal(new Set(before).size, before.length, 'two items share an id');
  });

  it('are drawn anew only where something in them looks otherwise', async () => {
    // Rows say of when they are, so a new minute would be another look.
    mock.timers.enable({ apis: ['Date'], now: Date.now() });
    const drawn = { flows: 0, environments: 0 };
    const watch = (view: keyof typeof drawn): Disposable | undefined => {
      const count = (): void => {
        drawn[view] += 1;
      };
      return treeDataProvider(`pipebase.${view}`).onDidChangeTreeData?.(count);
    };
    const watching = [watch('flows'), watch('environments')];
    await cells('orders');
    const icons = await flowIcons();
    await children('pipebase.environments');
    // The row of an environment says how many flows of others are there; that of a flow says nothing of them.
    await world.test.put('strange', aFlowYaml('strange'));
    await refresh();
    await until(() => {
      assert.equal(drawn.environments, 1);
    });
    assert.equal(drawn.flows, 0);
    await world.run('pipebase.flow.undeploy', { flow: 'orders', environment: 'dev' });
    await until(() => {
      assert.equal(drawn.flows, 1);
    });
    assert.notDeepEqual(await flowIcons(), icons);
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    for (const one of watching) one?.dispose();
    mock.timers.reset();
  });

  it('and the lens tell of when a state is, while it is read again, too', async () => {
    const tooltips = async (): Promise<readonly string[]> => {
      const [dev] = await children('pipebase.flows', await flow('orders'));
      const [lens] = await codeLenses(world.uri('flows/orders.camel.yaml'));
      return [(dev?.item.tooltip as MarkdownString).value, lens?.command?.tooltip ?? ''].map(plain);
    };
    for (const text of await tooltips()) assert.match(text, /\bas of \d+:\d+/);
    const held = world.dev.holdReads();
    const reading = refresh();
    await held.waiting;
    assert.equal((await cells('orders'))[0]?.[1], 'In sync');
    for (const text of await tooltips()) assert.match(text, /\bas of \d+:\d+/);
    held.release();
    await reading;
  });

  it('are drawn again where what fills them has failed and does so no more', async () => {
    let isBroken = true;
    const source = { children: () => (isBroken ? Promise.reject(new Error('broken')) : []) };
    const tree = new LazyTreeDataProvider(() => Promise.resolve(source));
    const drawn = new Promise((resolve) => tree.onDidChangeTreeData(resolve));
    await assert.rejects(tree.getChildren(), /broken/);
    isBroken = false;
    tree.refresh();
    await drawn;
    assert.deepEqual(await tree.getChildren(), []);
  });

  it('draw a row anew, and not those beside it, which stay the objects that VS Code knows', async () => {
    let rows = { a: ['1'], b: ['1'] } as Record<string, readonly string[]>;
    const row = (id: string, label: string): TreeNode => ({
      item: Object.assign(new TreeItem(label), { id }),
      target: { kind: 'text', folder: label },
    });
    const source = {
      children: (parent?: TreeNode) =>
        parent
          ? (rows[parent.item.id ?? ''] ?? []).map((one) => row(`${parent.item.id ?? ''} ${one[0] ?? ''}`, one))
          : Object.entries(rows).map(([id, below]) => row(id, String(below.length))),
    };
    const tree = new LazyTreeDataProvider(() => Promise.resolve(source));
    const drawn: unknown[] = [];
    tree.onDidChangeTreeData((changed) => drawn.push(changed?.map(({ item }) => item.id)));
    const look = async (): Promise<readonly TreeNode[]> => {
      const top = await tree.getChildren();
      return [...top, ...(await Promise.all(top.map((one) => tree.getChildren(one)))).flat()];
    };
    const change = async (next: typeof rows, expected: readonly unknown[]): Promise<void> => {
      const before = await look();
      rows = next;
      drawn.length = 0;
      tree.refresh();
      await until(() => {
        assert.deepEqual(drawn, expected);
      });
      const known = new Map(before.map((one) => [one.item.id, one]));
      if (expected[0]) assert.ok((await tree.getChildren()).every((one) => known.get(one.item.id) === one));
    };
    await change({ a: ['1'], b: ['1 otherwise'] }, [['b 1']]);
    assert.equal((await tree.getChildren((await tree.getChildren())[1]))[0]?.target.folder, '1 otherwise');
    await change({ a: ['1'], b: ['1', '2'] }, [['b']]);
    await change({ a: ['2'], b: ['1', '2'] }, [['a']]);
    await change({ a: ['2'] }, [undefined]);
    tree.dispose();
  });

  it('look at nothing any more once they are disposed', async () => {
    let looks = 0;
    const source = { children: () => [] };
    const tree = new LazyTreeDataProvider(() => {
      looks++;
      return Promise.resolve(source);
    });
    await tree.getChildren();
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      tree.refresh();
      tree.dispose();
      mock.timers.runAll();
    } finally {
      mock.timers.reset();
    }
    assert.equal(looks, 1);
  });

  it('never show a name as Markdown, and speak the state', async () => {
    const { item } = await flow('[Pay](command:evil) **now**');
    const tooltip = item.tooltip as MarkdownString;
    assert.equal(tooltip.isTrusted ?? false, false);
    assert.doesNotMatch(tooltip.value, /\[Pay\]\(command/);
    assert.match(item.accessibilityInformation?.label ?? '', /, Draft$/);
    assert.equal((item.iconPath as ThemeIcon).id, 'circle-large');
  });

  it('tell files of one id, or of one name, apart by their paths', async () => {
    await world.write('one/twin.camel.yaml', aFlowYaml('same'));
    await world.write('two/twin.camel.yaml', aFlowYaml('same'));
    await world.write('two/namesake.camel.yaml', aFlowYaml('orders'));
    await refresh();
    const nodes = await children('pipebase.flows');
    const twins = nodes.filter(({ item }) => item.label === 'same');
    assert.deepEqual(
      twins.map(({ item }) => [item.description, item.accessibilityInformation?.label]),
      ['one', 'two'].map((folder) => [
        `${folder}/twin.camel.yaml · Draft · has problems`,
        `same, ${folder}/twin.camel.yaml, Draft, has problems`,
      ]),
    );
    const namesakes = nodes.filter(({ item }) => item.label === 'orders').map(({ item }) => item.description);
    assert.deepEqual(namesakes, ['two/namesake.camel.yaml · Draft', 'flows/orders.camel.yaml · Partial']);
    const below = await Promise.all(twins.map((twin) => children('pipebase.flows', twin)));
    const ids = below.flat().map(({ item }) => item.id);
    assert.equal(new Set(ids).size, 6, 'a row of one twin stands for the other');
    await commands.executeCommand('pipebase.flow.openYaml', twins[1]);
    assert.equal(window.activeTextEditor?.document.uri.toString(), world.uri('two/twin.camel.yaml').toString());
    await Promise.all(['one/twin', 'two/twin', 'two/namesake'].map((path) => world.remove(`${path}.camel.yaml`)));
    await refresh();
    assert.ok((await children('pipebase.flows')).every(({ item }) => !String(item.description).includes('.yaml')));
  });

  it('list what a runtime has and the workspace has not, below its environment', async () => {
    await world.test.put('strange', aFlowYaml('strange'));
    await refresh();
    const environments = await children('pipebase.environments');
    assert.deepEqual(
      environments.map(({ item }) => [item.label, untimed(item.description), item.contextValue]),
      [
        ['dev', '→ test · default · 1 flow · as of', 'environment'],
        ['test', '→ Production · 1 flow · 1 not in this workspace · as of', 'environment'],
        ['Production', 'protected · 0 flows · as of', 'environment+protected'],
      ],
    );
    await world.test.put('strange-10', aFlowYaml('strange-10'));
    await world.test.put('strange-9', aFlowYaml('strange-9'));
    await refresh();
    const strangers = await children('pipebase.environments', environments[1]);
    assert.deepEqual(
      strangers.map(({ item }) => [item.label, item.contextValue]),
      ['strange', 'strange-9', 'strange-10'].map((label) => [label, 'strayFlow']),
    );
  });

  it('keep the name and the place of a flow while its YAML is broken', async () => {
    const labels = async (): Promise<readonly unknown[]> =>
      (await children('pipebase.flows')).map(({ item }) => item.label);
    const before = await labels();
    const payments = await readFile(world.uri('flows/payments.camel.yaml').fsPath, 'utf8');
    await world.write('flows/payments.camel.yaml', `${payments}- route: {`);
    await until(async () => {
      assert.match((await flow('[Pay](command:evil) **now**')).item.contextValue ?? '', /faulty/);
    });
    assert.deepEqual(await labels(), before);
    await refresh();
    assert.deepEqual(await labels(), before);
    await world.addFlow('payments', payments);
    assert.deepEqual(await labels(), before);
  });
});

/** Without what Markdown makes of text. */
function plain(text: string): string {
  return text.replaceAll('&nbsp;', ' ').replaceAll('\\', '');
}

function untimed(description: string | boolean | undefined): string {
  return String(description).replace(/ \d[^·]*$/, '');
}
