import assert from 'node:assert/strict';
import { readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { commands, window, workspace, Uri } from 'vscode';
import { person } from './support/person';
import { cell, environmentRow } from './support/trees';
import { until } from './support/until';
import { aFlowYaml, firstFolder, refresh } from './support/world';

interface Health {
  readonly environment: string;
  readonly routes: readonly { readonly id: string }[];
}

const restartAdvice =
  'It does not accept the token that is stored here. Stop and start the local environments: they begin with the stored one.';
const strangerAdvice =
  'Another program uses its port, so no local environment was started there. Start the local environments again when the port is free, or set the deploy token if that program is a runtime.';

describe('local environments', () => {
  const folder = firstFolder();
  const registry = join(folder.uri.fsPath, 'pipebase.yaml');
  const flow = join(folder.uri.fsPath, 'flows', 'tick.camel.yaml');
  let urls: readonly string[] = [];

  before(async () => {
    await mkdir(join(folder.uri.fsPath, 'flows'), { recursive: true });
    await writeFile(flow, aFlowYaml('tick'));
    await refresh();
    person.reset();
  });
  after(async () => {
    await commands.executeCommand('pipebase.local.stop');
    await Promise.all([registry, flow].map((file) => rm(file, { force: true })));
    await refresh();
    person.reset();
  });

  const health = async (index: number): Promise<Health> =>
    (await (await fetch(`${urls[index] ?? ''}/_api/health`)).json()) as Health;

  /** Another program on the port of dev. */
  async function takePort(
    status: number,
    body: string,
    note: (request: IncomingMessage) => void = () => undefined,
  ): Promise<Server> {
    const program = createServer((request, response) => {
      note(request);
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => program.listen(Number(new URL(urls[0] ?? '').port), '127.0.0.1', resolve));
    return program;
  }

  /** As a double click does. */
  async function twice(command: string): Promise<void> {
    await Promise.all([commands.executeCommand(command), commands.executeCommand(command)]);
  }

  async function expectStopped(): Promise<void> {
    for (const index of urls.keys()) await assert.rejects(health(index));
  }

  async function close(program: Server): Promise<void> {
    program.closeAllConnections();
    await new Promise((resolve) => program.close(resolve));
  }

  it('have nothing to reset or to stop where there are none, and say so', async () => {
    await commands.executeCommand('pipebase.local.reset');
    await commands.executeCommand('pipebase.local.stop');
    assert.deepEqual(
      person.told.map(({ message }) => message),
      [
        'This folder has no pipebase.yaml and no local environments, so there is nothing to reset.',
        'No local environment runs in this window.',
      ],
    );
    person.reset();
  });

  it('write a pipebase.yaml where there is none, and start what it names, once for two who ask', async () => {
    await twice('pipebase.local.start');
    const text = await readFile(registry, 'utf8');
    urls = [...text.matchAll(/url: (\S+)/g)].map(([, url = '']) => url);
    assert.equal(urls.length, 4);
    const environments = await Promise.all(urls.map(async (_url, index) => (await health(index)).environment));
    assert.deepEqual(environments, ['dev', 'test', 'staging', 'prod']);
    assert.deepEqual(
      person.told.map(({ message }) => message),
      ['Local environments are running: dev, test, staging, prod. They store and check flows; they do not run Camel.'],
    );
  });

  it('let nobody in without the token that was made for them', async () => {
    const answer = await fetch(`${urls[0] ?? ''}/_api/flows`);
    assert.equal(answer.status, 401);
  });

  it('take a flow along the whole way, and ask before prod', async () => {
    const target = { folder: folder.uri.toString(), flow: 'tick' };
    await commands.executeCommand('pipebase.flow.deploy', target);
    await commands.executeCommand('pipebase.flow.promote', { ...target, from: 'dev' });
    await commands.executeCommand('pipebase.flow.promote', { ...target, from: 'test' });
    await commands.executeCommand('pipebase.flow.promote', { ...target, from: 'staging' });
    const routes = await Promise.all(urls.map(async (_url, index) => (await health(index)).routes.map(({ id }) => id)));
    assert.deepEqual(routes, [['tick'], ['tick'], ['tick'], []]);
    assert.equal(person.told.at(-1)?.message, 'Promote tick from staging to prod?');
  });

  it('keep what is there when they are reset and nobody confirms', async () => {
    person.reset();
    await commands.executeCommand('pipebase.local.reset');
    assert.equal(person.told[0]?.isModal, true);
    assert.equal((await health(0)).routes.length, 1);
    person.presses = ({ buttons }) => buttons[0];
    await commands.executeCommand('pipebase.local.reset');
    assert.equal((await health(0)).routes.length, 0);
    assert.equal(person.told.at(-1)?.message, 'Reset: dev, test, staging, prod.');
  });

  it('whose token was overwritten say what cures it, and offer it', async () => {
    const dev = { folder: folder.uri.toString(), environment: 'dev' };
    person.reset();
    person.types = () => 'not-the-token';
    await commands.executeCommand('pipebase.environment.setToken', dev);
    await refresh();
    assert.ok((await cell('tick', 'dev')).startsWith(`Unreachable · ${restartAdvice}`), await cell('tick', 'dev'));
    assert.ok((await environmentRow('dev')).includes(restartAdvice));
    person.reset();
    person.presses = ({ buttons }) => buttons[0];
    await commands.executeCommand('pipebase.flow.deploy', { ...dev, flow: 'tick' });
    assert.equal(person.told[0]?.message, `dev cannot be used now. ${restartAdvice}`);
    assert.deepEqual(person.told[0].buttons, ['Restart Local Environments']);
    await until(async () => {
      assert.equal(await cell('tick', 'dev'), 'Not deployed');
    });
  });

  it('are said to be another program’s port where one has it, and not to lack a token', async () => {
    const dev = { folder: folder.uri.toString(), environment: 'dev' };
    await commands.executeCommand('pipebase.local.stop');
    const stranger = await takePort(404, 'not here');
    person.reset();
    await commands.executeCommand('pipebase.local.start');
    assert.match(person.told[0]?.message ?? '', /^Another program uses the port of dev/);
    await refresh();
    assert.ok((await cell('tick', 'dev')).startsWith(`Unreachable · ${strangerAdvice}`), await cell('tick', 'dev'));
    person.presses = ({ buttons }) => buttons[0];
    await commands.executeCommand('pipebase.environment.clearToken', dev);
    await refresh();
    assert.ok((await cell('tick', 'dev')).startsWith(`Unreachable · ${strangerAdvice}`), await cell('tick', 'dev'));
    assert.ok((await environmentRow('dev')).includes(strangerAdvice));
    person.reset();
    await commands.executeCommand('pipebase.flow.deploy', { ...dev, flow: 'tick' });
    assert.equal(person.told[0]?.message, `dev cannot be used now. ${strangerAdvice}`);
    assert.deepEqual(person.told[0].buttons, ['Set Deploy Token…']);
    await close(stranger);
    await commands.executeCommand('pipebase.local.start');
    await until(async () => {
      assert.equal(await cell('tick', 'dev'), 'Not deployed');
    });
  });

  it('give their ports back when they are stopped, and come back on them', async () => {
    await commands.executeCommand('pipebase.local.stop');
    await until(async () => {
      await assert.rejects(health(0));
    });
    await commands.executeCommand('pipebase.local.start');
    assert.equal((await health(3)).environment, 'prod');
  });

  it('leave nothing behind that a stranger on their port could be sent, and say that they are stopped', async () => {
    const dev = { folder: folder.uri.toString(), environment: 'dev' };
    person.reset();
    await commands.executeCommand('pipebase.local.stop');
    assert.equal(person.told[0]?.message, 'Stopped: dev, test, staging, prod.');
    const asked: (string | undefined)[] = [];
    const stranger = await takePort(200, '[]', ({ headers }) => asked.push(headers.authorization));
    await refresh();
    for (const environment of ['dev', 'test']) {
      assert.match(await cell('tick', environment), /^Unreachable · Its local environment is stopped\. /);
    }
    assert.ok((await environmentRow('dev')).includes('Its local environment is stopped.'));
    person.reset();
    await commands.executeCommand('pipebase.flow.deploy', { ...dev, flow: 'tick' });
    assert.equal(person.told[0].message, 'dev cannot be used now. Its local environment is stopped.');
    assert.deepEqual(person.told[0].buttons, ['Start Local Environments']);
    await commands.executeCommand('pipebase.local.start', dev);
    await refresh();
    await close(stranger);
    // A start asks whoever has the port who it is, and only that.
    assert.deepEqual([...new Set(asked)], [undefined]);
    await commands.executeCommand('pipebase.local.start', dev);
    await until(async () => {
      assert.equal(await cell('tick', 'dev'), 'Not deployed');
    });
  });

  it('all end by one stop, however often they were started before', async () => {
    await commands.executeCommand('pipebase.local.stop');
    await twice('pipebase.local.start');
    await twice('pipebase.local.start');
    await commands.executeCommand('pipebase.local.stop');
    await expectStopped();
  });

  it('are what the person asked for last, even while they start', async () => {
    const begin = async (action: string): Promise<{ readonly done: Thenable<unknown> }> => {
      const done = commands.executeCommand(`pipebase.local.${action}`);
      // By the next turn it has begun; it ends some turns later, when VS Code has answered.
      await new Promise((resolve) => setImmediate(resolve));
      return { done };
    };
    const start = await begin('start');
    const stop = await begin('stop');
    await Promise.all([start.done, stop.done]);
    await expectStopped();
    const begun = [await begin('start'), await begin('stop'), await begin('start')];
    await Promise.all(begun.map(({ done }) => done));
    assert.equal((await health(0)).environment, 'dev');
  });

  it('move to a port that is free at the person’s word, as an edit that can be undone', async () => {
    await commands.executeCommand('pipebase.local.stop');
    const stranger = await takePort(404, 'not here');
    const before = await readFile(registry, 'utf8');
    person.reset();
    person.presses = ({ buttons }) => buttons.find((button) => button.startsWith('Use Port'));
    await commands.executeCommand('pipebase.local.start');
    const port = /^Use Port (\d+)$/.exec(person.told[0]?.buttons[0] ?? '')?.[1] ?? '';
    const after = await readFile(registry, 'utf8');
    assert.equal(after, before.replace(urls[0] ?? '', `http://localhost:${port}`));
    assert.match(person.told[1]?.message ?? '', /^Local environments are running: dev, test/);
    await window.showTextDocument(Uri.file(registry));
    await commands.executeCommand('undo');
    const document = await workspace.openTextDocument(registry);
    assert.equal(document.getText(), before);
    await document.save();
    await close(stranger);
    await refresh();
    await commands.executeCommand('pipebase.local.start');
    assert.equal((await health(0)).environment, 'dev');
  });

  it('are named in plain text, whatever they are called', async () => {
    const known = JSON.stringify(await health(0));
    const before = await readFile(registry, 'utf8');
    await commands.executeCommand('pipebase.local.stop');
    const otherWindow = await takePort(200, known);
    const first = '  "[id](command:evil)": { url: "http://localhost:9", promotesTo: dev }\n';
    const named = before
      .replace('environments:\n', `environments:\n${first}`)
      .replaceAll(/^ {2}(dev|test):$/gm, '$&\n    name: "[$1](command:evil)"');
    await writeFile(registry, named);
    await refresh();
    person.reset();
    person.presses = ({ buttons }) => buttons.find((button) => button === 'Reset');
    await commands.executeCommand('pipebase.local.start');
    await commands.executeCommand('pipebase.local.reset');
    const told = person.told.map(({ message, detail = '' }) => `${message} ${detail}`.trim().replaceAll('\u200b', '·'));
    await close(otherWindow);
    await writeFile(registry, before);
    await refresh();
    await commands.executeCommand('pipebase.local.start');
    const id = '[id]·(command:evil)';
    assert.deepEqual(told, [
      `Local environments could not be started: ${id}: "${id}" cannot be the name of a local environment.`,
      'Running in another window of this folder already: [dev]·(command:evil).',
      'Local environments are running: [test]·(command:evil), staging, prod. They store and check flows; they do not run Camel.',
      `Reset the local environments? Every flow deployed to ${id}, [dev]·(command:evil), [test]·(command:evil), staging, prod on this machine is removed there. Your files are kept.`,
      `Reset: [test]·(command:evil), staging, prod. Not reset: ${id}: "${id}" cannot be the name of a local environment. dev: The local environment "dev" runs in another window. Reset it there.`,
    ]);
  });

  it('say that there is no token to clear where nobody stored one, and that they need none', async () => {
    person.reset();
    person.presses = ({ buttons }) => buttons[0];
    await commands.executeCommand('pipebase.environment.clearToken', {
      folder: folder.uri.toString(),
      environment: 'test',
    });
    assert.deepEqual(
      person.told.map(({ message }) => message),
      ['No deploy token of test is stored here, so there is nothing to clear. A local environment needs none.'],
    );
  });

  it('that outlive their pipebase.yaml can be reset, and make room for those of a new one', async () => {
    const before = await readFile(registry, 'utf8');
    await commands.executeCommand('pipebase.flow.deploy', {
      folder: folder.uri.toString(),
      flow: 'tick',
      environment: 'dev',
    });
    assert.equal((await health(0)).routes.length, 1);
    await rm(registry);
    await refresh();
    person.reset();
    person.presses = ({ buttons }) => buttons.find((button) => button === 'Reset');
    await commands.executeCommand('pipebase.local.reset');
    assert.deepEqual(
      person.told.map(({ message }) => message),
      ['Reset the local environments?', 'Reset: dev, test, staging, prod.'],
    );
    assert.equal((await health(0)).routes.length, 0);
    await commands.executeCommand('pipebase.local.start');
    const after = await readFile(registry, 'utf8');
    assert.deepEqual(after.match(/url: .*/g), before.match(/url: .*/g));
    assert.equal((await health(0)).environment, 'dev');
  });
});
