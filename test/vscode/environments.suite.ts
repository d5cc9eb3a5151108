import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { commands, window, workspace } from 'vscode';
import { lensTitles } from './support/lenses';
import { person } from './support/person';
import { setPollInterval } from './support/setPollInterval';
import { cell } from './support/trees';
import { until } from './support/until';
import { World, refresh } from './support/world';

const secretValue = 'hush-before-and-after';
const someParameters = 'parameters: { password: { secret: true }, subject: orders } # for all\n';
const someFlow = '- from: {uri: "timer:x?p={{password}}&s={{subject}}", steps: []}\n';

describe('environments in pipebase.yaml', () => {
  let world: World;
  let registry: string;

  before(async () => {
    world = await World.open();
    await world.addFlow('orders', someFlow);
  });
  after(() => world.close());
  beforeEach(async () => {
    person.reset();
    await commands.executeCommand('workbench.action.closeAllEditors');
    registry = `# ours\n${someParameters}${world.registryText().replace('promotesTo: test\n', "promotesTo: 'test' # next\n")}`;
    await write(registry);
  });

  async function write(text: string): Promise<void> {
    // A file that is written anew, with the text that it has, is newer than what VS Code has open: it would save nothing.
    if ((await onDisk()) !== text) await world.write('pipebase.yaml', text);
    await refresh();
  }

  function onDisk(): Promise<string> {
    return readFile(world.uri('pipebase.yaml').fsPath, 'utf8');
  }

  function run(command: string, environment?: string): Promise<void> {
    return world.run(`pipebase.environment.${command}`, environment === undefined ? {} : { environment });
  }

  async function expectUndone(): Promise<void> {
    await window.showTextDocument(world.uri('pipebase.yaml'));
    await commands.executeCommand('undo');
    const document = await workspace.openTextDocument(world.uri('pipebase.yaml'));
    assert.equal(document.getText(), registry);
    await document.save();
  }

  it('get one more behind the last, which can be undone', async () => {
    person.types = (title) => (title === 'Add Environment' ? ' qa ' : 'https://qa.example.com');
    person.picks = (_title, labels) => labels.find((label) => label === 'test');
    await run('add');
    assert.equal(await onDisk(), `${registry}  qa:\n    url: https://qa.example.com\n    promotesTo: test\n`);
    assert.deepEqual(person.asked, ['Add Environment', 'Add Environment qa', 'Promote from qa to…']);
    assert.deepEqual(person.told, []);
    const editor = window.visibleTextEditors.find(({ document }) => document.fileName.endsWith('pipebase.yaml'));
    assert.equal(editor?.document.lineAt(editor.selection.active.line).text, '  qa:', 'the cursor is at what is new');
    await expectUndone();
  });

  it('are changed where another program wrote the file anew, with the text that it had', async () => {
    const document = await workspace.openTextDocument(world.uri('pipebase.yaml'));
    // How long VS Code takes to read what stood there in between is its own affair: one of these meets it.
    for (const pauseMs of [15, 20, 25, 30, 30, 35, 40, 45]) {
      await window.showTextDocument(document);
      await world.write('pipebase.yaml', `${registry}# in between`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      await world.write('pipebase.yaml', registry);
      await run('setDefault', 'test');
      assert.deepEqual(person.told, []);
      assert.match(await onDisk(), /default: true/);
      await expectUndone();
      await refresh();
    }
  });

  it('get no second one of the same id, and none without a URL', async () => {
    person.types = () => 'dev';
    await run('add');
    person.types = (title) => (title === 'Add Environment' ? 'qa' : 'ftp://qa');
    await run('add');
    assert.match(person.refusals[0] ?? '', /an environment dev already/);
    assert.match(person.refusals[1] ?? '', /not a URL/);
    assert.equal(await onDisk(), registry);
  });

  it('are at another machine over plain http only after a question', async () => {
    const added = `  qa:\n    url: http://qa.example.com\n    allowInsecure: true\n`;
    person.types = (title) => (title === 'Add Environment' ? 'qa' : 'http://qa.example.com');
    person.picks = () => 'Nowhere';
    await run('add');
    const [question] = person.told;
    assert.equal(question?.message, 'Use plain http for qa?');
    assert.ok(question.isModal);
    assert.match(
      question.detail ?? '',
      /http:\/\/qa\.example\.com\. .* read the deploy token\. .*allowInsecure: true\./,
    );
    assert.equal(await onDisk(), registry);
    person.presses = ({ buttons }) => buttons[0];
    await run('add');
    assert.deepEqual(person.refusals, []);
    assert.equal(await onDisk(), `${registry}${added}`);
    await expectUndone();
  });

  it('are asked for by a title that says what for, and by their names', async () => {
    const shown: (readonly string[])[] = [];
    person.picks = (_title, labels) => {
      shown.push(labels);
      return undefined;
    };
    for (const command of ['rename', 'remove', 'setDefault', 'setPromotionTarget']) await run(command);
    assert.deepEqual(person.asked, [
      'Rename Environment',
      'Remove Environment',
      'Set Default Environment',
      'Set Promotion Target of…',
    ]);
    for (const labels of shown) assert.deepEqual(labels, ['dev', 'test', 'Production']);
    await run('rename', 'prod');
    assert.equal(person.asked.at(-1), 'Rename Environment Production');
  });

  it('and flows are named in plain text, whatever they are called', async () => {
    const evil = '[Click](command:evil) $(trash)';
    await write(registry.replace('name: Production', `name: "${evil}"`));
    await world.addFlow('evil', `- route: { id: e, description: "${evil}", from: { uri: "timer:x", steps: [] } }\n`);
    person.types = (title) => (title.startsWith('Deploy Token') ? world.prod.token : undefined);
    const prod = { flow: 'evil', environment: 'prod' };
    for (const name of ['setToken', 'clearToken', 'rename', 'remove', 'setPromotionTarget']) {
      await world.run(`pipebase.environment.${name}`, prod);
    }
    await world.run('pipebase.parameter.setSecret', { ...prod, key: evil });
    for (const name of ['deploy', 'deployTo', 'undeploy', 'promote']) await world.run(`pipebase.flow.${name}`, prod);
    const node = { target: { kind: 'flow', folder: world.key, flow: 'evil', file: '' } };
    person.picks = (_title, labels) => labels.at(-1);
    await commands.executeCommand('pipebase.flow.deployTo', node, [node, node]);
    const modals = person.told.filter(({ isModal }) => isModal);
    assert.equal(modals.length, 4, 'clear, remove, deploy, and deploy as a selection');
    const texts = person.told.flatMap(({ message, detail = '', buttons }) => [message, detail, ...buttons]);
    for (const text of [...texts, ...person.asked]) assert.doesNotMatch(text, /\]\(|\$\(/);
    await world.remove('flows/evil.camel.yaml');
  });

  it('begin in a file of their own, where there is none', async () => {
    await world.remove('pipebase.yaml');
    await refresh();
    person.types = (title) => (title === 'Add Environment' ? 'dev' : world.dev.url);
    await run('add');
    assert.equal(await onDisk(), `version: 1\nenvironments:\n  dev:\n    url: ${world.dev.url}\n`);
  });

  it('keep token, secrets and records under another id', async () => {
    person.types = () => secretValue;
    await world.run('pipebase.parameter.setSecret', { environment: 'dev', key: 'password' });
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    person.types = () => 'local';
    await run('rename', 'dev');
    assert.equal(await onDisk(), registry.replace('  dev:\n', '  local:\n'));
    await refresh();
    const lens = async (): Promise<string | undefined> => (await lensTitles(world.uri('flows/orders.camel.yaml')))[0];
    assert.match((await lens()) ?? '', /local: In sync$/);
    // Only the record of before knows that: the YAML, and so its hash, is the same.
    const renamed = await onDisk();
    const changed = renamed.replace('subject: orders }', 'subject: other }');
    await write(changed);
    assert.match((await lens()) ?? '', /local: Stale/);

    const writes = world.dev.writes().length;
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'local' });
    assert.equal(person.told.at(-1)?.message, 'Deployed orders to local: in sync.');
    assert.equal(world.dev.writes().length, writes + 1);
    assert.match(world.dev.writes().at(-1)?.body ?? '', new RegExp(secretValue));
    await write(changed.replace('  local:\n', '  dev:\n'));
    assert.match((await lens()) ?? '', /dev: In sync$/, 'the old id knows what the new one was sent');
    assert.deepEqual(world.dev.refused(), []);
  });

  it('are not renamed to one that is there, nor to nothing', async () => {
    for (const typed of ['test', '  ', 'dev']) {
      person.types = () => typed;
      await run('rename', 'dev');
    }
    assert.equal(person.refusals.length, 2);
    assert.equal(await onDisk(), registry);
  });

  it('close the chain behind one that goes, after a question that says so', async () => {
    await run('remove', 'test');
    assert.equal(await onDisk(), registry);
    const [question] = person.told;
    assert.equal(question?.message, 'Remove test from pipebase.yaml?');
    assert.ok(question.isModal);
    assert.match(question.detail ?? '', /dev will promote to Production instead\./);
    person.presses = ({ buttons }) => buttons[0];
    await run('remove', 'test');
    const kept = registry.replace("'test' # next", "'prod' # next").replace(/ {2}test:\n(?: {4}.*\n)+/, '');
    assert.equal(await onDisk(), kept);
    await expectUndone();
    await refresh();
    await world.run('pipebase.flow.undeploy', { flow: 'orders', environment: 'test' });
    assert.match(person.told.at(-1)?.message ?? '', /is not deployed in test/, 'the token is still there');
  });

  it('lose token and secrets where that is what the person wants', async () => {
    person.presses = ({ buttons }) => buttons[1];
    await run('remove', 'test');
    await write(registry);
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'test' });
    assert.match(person.told.at(-1)?.message ?? '', /No deploy token is stored here/);
    await world.setTokens();
  });

  it('get another default', async () => {
    await run('setDefault', 'test');
    assert.equal(await onDisk(), registry.replace('  test:\n', '  test:\n    default: true\n'));
    person.picks = (_title, labels) => labels[0];
    await run('setDefault');
    assert.equal(await onDisk(), registry.replace('  dev:\n', '  dev:\n    default: true\n'));
  });

  it('are wired anew, and to nowhere', async () => {
    person.picks = (_title, labels) => labels.find((label) => label === 'Production');
    await run('setPromotionTarget', 'dev');
    assert.equal(await onDisk(), registry.replace("'test' # next", "'prod' # next"));
    person.picks = (_title, labels) => labels.find((label) => label === 'Nowhere');
    await run('setPromotionTarget', 'dev');
    assert.equal(await onDisk(), registry.replace("    promotesTo: 'test' # next\n", ''));
  });

  it('are not wired in a circle: the whole chain is named', async () => {
    person.picks = (_title, labels) => labels.find((label) => label === 'dev');
    await run('setPromotionTarget', 'prod');
    assert.equal(
      person.told.at(-1)?.message,
      'pipebase.yaml was not changed. Promotion would go round in a circle: dev → test → prod → dev.',
    );
    assert.equal(await onDisk(), registry);
  });

  it('are not edited under the hands of somebody who does', async () => {
    const editor = await window.showTextDocument(world.uri('pipebase.yaml'));
    await editor.edit((edit) => {
      edit.insert(editor.document.positionAt(0), '# mine\n');
    });
    for (const command of ['add', 'rename', 'remove', 'setDefault', 'setPromotionTarget']) await run(command, 'dev');
    const sentences = person.told.map(({ message }) => message);
    assert.deepEqual(sentences, Array(5).fill('pipebase.yaml has unsaved edits. Save it, then try again.'));
    assert.equal(await onDisk(), registry);
    assert.equal(editor.document.isDirty, true);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

describe('the way to an environment', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('orders');
    await setPollInterval(0);
    await commands.executeCommand('pipebase.environments.focus');
  });
  after(async () => {
    await setPollInterval(undefined);
    await commands.executeCommand('workbench.view.explorer');
    await world.close();
  });

  /** Nobody refreshes: what is seen follows the file. */
  async function expectAfter(change: string, row: RegExp): Promise<void> {
    const text = world.registryText();
    await world.write('pipebase.yaml', text.replace(world.dev.url, `${world.dev.url}\n${change}`));
    await until(async () => {
      assert.match(await cell('orders', 'dev'), row);
    });
  }

  it('is tried anew when it changes in pipebase.yaml, for better and for worse', async () => {
    assert.equal(await cell('orders', 'dev'), 'Not deployed');
    await expectAfter('    tls: { caFile: missing.pem }', /missing\.pem.* cannot be read/);
    await expectAfter('    timeoutMs: 20000', /^Not deployed$/);
  });
});

describe('a secret parameter', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.write('pipebase.yaml', `${someParameters}${world.registryText()}`);
    await world.addFlow('orders', someFlow);
  });
  after(() => world.close());
  beforeEach(() => {
    person.reset();
  });

  const set = (value: string): Promise<void> => {
    person.types = () => value;
    return world.run('pipebase.parameter.setSecret', { environment: 'dev', key: 'password' });
  };
  const deploy = async (): Promise<string> => {
    await world.run('pipebase.flow.deploy', { flow: 'orders', environment: 'dev' });
    return person.told.at(-1)?.message ?? '';
  };

  it('makes what was sent stale when it changes, and not when it is set to what it was', async () => {
    await set('one-secret-6120');
    assert.equal(await deploy(), 'Deployed orders to dev: in sync.');
    const lens = async (): Promise<string | undefined> => (await lensTitles(world.uri('flows/orders.camel.yaml')))[0];
    await set('other-secret-6121');
    await until(async () => {
      assert.match((await lens()) ?? '', /dev: Stale/);
    });
    await set('one-secret-6120');
    await until(async () => {
      assert.match((await lens()) ?? '', /dev: In sync/);
    });
  });

  it('is removed by an empty value, after a question', async () => {
    await set('');
    assert.equal(person.told[0]?.message, 'Remove the value of password in dev?');
    assert.equal(await deploy(), 'Deployed orders to dev: in sync.');
    person.presses = ({ buttons }) => (buttons[0] === 'Remove Value' ? buttons[0] : undefined);
    await set('');
    await until(async () => {
      assert.match(await deploy(), /password/);
    });
    const earlier = person.told.length;
    await set('');
    assert.equal(person.told.length, earlier, 'there is nothing to remove');
  });
});
