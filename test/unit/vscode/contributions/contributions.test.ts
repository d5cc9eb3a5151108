import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIds, rowCommandIds } from '../../../../src/vscode/contributions/commandIds';
import { repositoryFolder } from '../../../host/repositoryFolder';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      command: string;
      title: string;
      category?: string;
      icon?: string;
      enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { default?: unknown; scope?: string; markdownDescription?: string }>
      >;
    };
  };
}

describe('package.json', () => {
  const { activationEvents, contributes } = JSON.parse(
    readFileSync(join(repositoryFolder, 'package.json'), 'utf8'),
  ) as Manifest;
  const { commands, menus, views, viewsWelcome, configuration } = contributes;
  const known = new Set<string>(commandIds);
  const items = Object.entries(menus).flatMap(([menu, list]) => list.map((item) => ({ menu, ...item })));

  it('contributes the commands of the tuple, each once', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), [...commandIds].sort());
    assert.equal(new Set(commandIds).size, commandIds.length);
  });

  for (const { command, title, category } of commands) {
    it(`names ${command} by a verb phrase, in the category Pipebase`, () => {
      assert.equal(category, 'Pipebase');
      assert.match(title, /^[A-Z]\S*( \S+)*…?$/);
      assert.doesNotMatch(title, /pipebase(?!\.yaml)/i, 'the category says that');
      assert.match(command, /^pipebase\.[a-z]+\.[a-z][A-Za-z]*$/);
    });
  }

  it('needs trust for whatever is sent, and for what it is sent with', () => {
    const trusted = commands
      .filter(({ enablement }) => enablement === 'isWorkspaceTrusted')
      .map(({ command }) => command);
    assert.deepEqual(trusted.sort(), [
      'pipebase.environment.clearToken',
      'pipebase.environment.rename',
      'pipebase.environment.setToken',
      'pipebase.environments.setToken',
      'pipebase.flow.deploy',
      'pipebase.flow.deployTo',
      'pipebase.flow.promote',
      'pipebase.flow.undeploy',
      'pipebase.local.start',
      'pipebase.parameter.setSecret',
    ]);
  });

  const empty = (workspace: string, change: Readonly<Record<string, string | number | boolean>> = {}): Context => ({
    workspaceFolderCount: 1,
    isWorkspaceTrusted: true,
    'pipebase.workspace': workspace,
    ...change,
  });
  const noFolder = { workspaceFolderCount: 0 };
  const restricted = { isWorkspaceTrusted: false };
  const flows = 'pipebase.flows';
  const environments = 'pipebase.environments';
  const emptyStates: readonly (readonly [string, Context, string])[] = [
    [flows, empty('noRegistry', noFolder), 'workbench.action.files.openFolder'],
    [flows, empty('noRegistry', { ...noFolder, ...restricted }), 'workbench.action.files.openFolder'],
    [flows, empty('noRegistry'), 'pipebase.local.start'],
    [flows, empty('faultyRegistry'), 'pipebase.environment.openInRegistry'],
    [flows, empty('noFlows'), 'pipebase.flow.new'],
    [flows, empty('noRegistry', restricted), 'workbench.trust.manage'],
    [flows, empty('faultyRegistry', restricted), 'workbench.trust.manage'],
    [flows, empty('noFlows', restricted), 'workbench.trust.manage'],
    [environments, empty('noRegistry', noFolder), 'workbench.action.files.openFolder'],
    [environments, empty('noRegistry', { ...noFolder, ...restricted }), 'workbench.action.files.openFolder'],
    [environments, empty('noRegistry'), 'pipebase.local.start'],
    [environments, empty('faultyRegistry'), 'pipebase.environment.openInRegistry'],
    [environments, empty('noRegistry', restricted), 'workbench.trust.manage'],
    [environments, empty('faultyRegistry', restricted), 'workbench.trust.manage'],
  ];
  for (const [view, context, action] of emptyStates) {
    it(`has one welcome with one action in an empty ${view}: ${JSON.stringify(Object.values(context))}`, () => {
      const shown = viewsWelcome.filter((welcome) => welcome.view === view && holds(welcome.when, context));
      const actions = shown.flatMap(({ contents }) => [...contents.matchAll(/\]\(command:([\w.]+)\)/g)]);
      assert.equal(shown.length, 1);
      assert.deepEqual(
        actions.map(([, id]) => id),
        [action],
      );
    });
  }

  it('has no welcome before it is known what is there: VS Code knows the trust of a folder late, too', () => {
    for (const known of [{ 'pipebase.workspace': 'loading' }, {}])
      for (const isWorkspaceTrusted of [true, false]) {
        const context = { workspaceFolderCount: 1, isWorkspaceTrusted, ...known };
        assert.deepEqual(
          viewsWelcome.filter(({ when }) => holds(when, context)),
          [],
        );
      }
  });

  it('offers a missing token in the title of the environments, and in the palette, while one is missing', () => {
    const offers = items.filter(({ command }) => command === 'pipebase.environments.setToken');
    assert.deepEqual(offers.map(({ menu }) => menu).sort(), ['commandPalette', 'view/title']);
    for (const { when = '' } of offers) {
      const context = { view: environments, 'pipebase.needsToken': true };
      assert.equal(holds(when, context), true);
      assert.equal(holds(when, { ...context, 'pipebase.needsToken': false }), false);
    }
  });

  it('refers to no command that is not there, in menus and welcome views', () => {
    const linked = viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/\(command:([\w.]+)\)/g)]);
    const own = linked.map(([, id = '']) => id).filter((id) => !id.startsWith('workbench.'));
    const referred = [...items.map(({ command }) => command), ...own];
    assert.deepEqual(
      referred.filter((id) => !known.has(id)),
      [],
    );
  });

  it('has those commands in the menus of rows that are known to be of a row', () => {
    const inTitles = new Set(menus['view/title']?.map(({ command }) => command));
    const ofRows = new Set(menus['view/item/context']?.map(({ command }) => command));
    assert.deepEqual([...rowCommandIds].sort(), [...ofRows].filter((id) => !inTitles.has(id)).sort());
  });

  it('has an icon for every command that is shown as one', () => {
    const icons = new Map(commands.map(({ command, icon }) => [command, icon]));
    const shown = items.filter(({ group = '', menu }) => group.startsWith('inline') || isNavigation(menu, group));
    assert.ok(shown.length > 5);
    for (const { command } of shown) assert.ok(icons.get(command), `${command} has no icon`);
  });

  it('puts at most one icon into the title of an editor', () => {
    const icons = (menus['editor/title'] ?? []).filter(({ group = '' }) => group.startsWith('navigation'));
    assert.equal(icons.length, 1);
  });

  it('speaks of no view that is not there', () => {
    const ids = new Set(Object.values(views).flatMap((list) => list.map(({ id }) => id)));
    const named = items.flatMap(({ when = '' }) => [...when.matchAll(/view == ([\w.]+)/g)].map(([, id = '']) => id));
    for (const id of [...named, ...viewsWelcome.map(({ view }) => view)]) assert.ok(ids.has(id), id);
  });

  it('wakes up for Pipebase files, and for nothing else', () => {
    for (const event of activationEvents) {
      assert.match(event, /^workspaceContains:.*(pipebase\.yaml|\.camel\.ya?ml)$|^onWebviewPanel:pipebase\./);
    }
  });

  it('explains every setting, with a default and a scope', () => {
    for (const [name, { default: value, scope, markdownDescription = '' }] of Object.entries(
      configuration.properties,
    )) {
      assert.match(name, /^pipebase\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
      assert.notEqual(value, undefined, name);
      assert.ok(scope, name);
      assert.match(markdownDescription, /\.$/);
    }
  });

  it('offers every edit of an environment on its row, in the palette, and nowhere on a flow', () => {
    const edits = ['add', 'rename', 'remove', 'setDefault', 'setPromotionTarget'].map(
      (name) => `pipebase.environment.${name}`,
    );
    const onRow = (menus['view/item/context'] ?? []).filter(({ when = '' }) => isAbout(when, 'environment+protected'));
    const hidden = (menus.commandPalette ?? []).map(({ command }) => command);
    for (const edit of edits) {
      assert.equal(onRow.filter(({ command }) => command === edit).length, 1, edit);
      assert.ok(!hidden.includes(edit), edit);
      const elsewhere = items.filter(
        ({ command, when = '' }) => command === edit && when.includes('view == pipebase.flows'),
      );
      assert.deepEqual(elsewhere, []);
    }
  });

  const contexts: readonly (readonly [string, readonly string[]])[] = [
    ['cell+notDeployed+deployable+promotable', ['pipebase.flow.deploy', 'pipebase.flow.promote']],
    ['cell+inSync+undeployable', ['pipebase.flow.undeploy']],
    ['cell+stale+deployable+undeployable', ['pipebase.flow.deploy', 'pipebase.flow.undeploy']],
    ['cell+unreachable+noToken', ['pipebase.environment.setToken']],
    ['cell+unreachable+stopped', ['pipebase.local.start']],
    ['environment+stopped', ['pipebase.environment.refresh', 'pipebase.local.start']],
    ['cell+notDeployed', []],
    ['flow+draft', ['pipebase.flow.openMatrix']],
    ['flow+warning+faulty', ['pipebase.flow.openMatrix']],
    ['environment', ['pipebase.environment.refresh']],
    ['environment+protected+noToken', ['pipebase.environment.refresh', 'pipebase.environment.setToken']],
    ['strayFlow', ['pipebase.flow.undeploy']],
  ];
  for (const [context, expected] of contexts) {
    it(`shows on a tree item that is ${context}: ${expected.join(', ') || 'nothing'}`, () => {
      const inline = (menus['view/item/context'] ?? []).filter(
        ({ when = '', group = '' }) => group.startsWith('inline') && isAbout(when, context),
      );
      assert.deepEqual(inline.map(({ command }) => command).sort(), [...expected].sort());
    });

    it(`has whatever is an icon on ${context} in its menu, too: not everybody has a mouse`, () => {
      const rows = (menus['view/item/context'] ?? []).filter(({ when = '' }) => isAbout(when, context));
      const inMenu = new Set(
        rows.filter(({ group = '' }) => !group.startsWith('inline')).map(({ command }) => command),
      );
      const icons = rows.filter(({ group = '' }) => group.startsWith('inline')).map(({ command }) => command);
      assert.deepEqual(
        icons.filter((command) => !inMenu.has(command)),
        [],
      );
    });
  }
});

function isNavigation(menu: string, group: string): boolean {
  return menu.endsWith('/title') && group.startsWith('navigation');
}

type Context = Readonly<Record<string, string | number | boolean>>;

/** A `when` clause as far as ours go: comparisons and names of context keys, joined by `&&`. */
function holds(when: string, context: Context): boolean {
  return when.split(' && ').every((term) => {
    const [, key = '', operator, value] = /^([\w.]+) (==|!=) '?([\w.]+)'?$/.exec(term) ?? [];
    if (operator) return (String(context[key]) === value) === (operator === '==');
    const [, not, name = ''] = /^(!?)([\w.]+)$/.exec(term) ?? [];
    assert.ok(name, `a clause of another kind: ${term}`);
    return Boolean(context[name]) === (not === '');
  });
}

/** The part of a `when` clause that is about the item. */
function isAbout(when: string, context: string): boolean {
  const pattern = /viewItem =~ \/(.+)\//.exec(when)?.[1];
  return pattern === undefined ? when.endsWith(`viewItem == ${context}`) : new RegExp(pattern).test(context);
}
