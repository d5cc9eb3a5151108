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
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
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
      'pipebase.flow.deploy',
      'pipebase.flow.deployTo',
      'pipebase.flow.promote',
      'pipebase.flow.undeploy',
      'pipebase.local.start',
      'pipebase.parameter.setSecret',
    ]);
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
    ['cell+not-deployed+deployable+promotable', ['pipebase.flow.deploy', 'pipebase.flow.promote']],
    ['cell+in-sync+undeployable', ['pipebase.flow.undeploy']],
    ['cell+stale+deployable+undeployable', ['pipebase.flow.deploy', 'pipebase.flow.undeploy']],
    ['cell+unreachable+noToken', ['pipebase.environment.setToken']],
    ['cell+not-deployed', []],
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
  }
});

function isNavigation(menu: string, group: string): boolean {
  return menu.endsWith('/title') && group.startsWith('navigation');
}

/** The part of a `when` clause that is about the item. */
function isAbout(when: string, context: string): boolean {
  const pattern = /viewItem =~ \/(.+)\//.exec(when)?.[1];
  return pattern === undefined ? when.endsWith(`viewItem == ${context}`) : new RegExp(pattern).test(context);
}
