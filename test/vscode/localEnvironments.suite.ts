import assert from 'node:assert/strict';
import { readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { commands } from 'vscode';
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

  it('write a pipebase.yaml where there is none, and start what it names', async () => {
    await commands.executeCommand('pipebase.local.start');
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
    const stranger = createServer((_request, response) => response.writeHead(404).end('not here'));
    await new Promise<void>((resolve) => stranger.listen(Number(new URL(urls[0] ?? '').port), '127.0.0.1', resolve));
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
    await new Promise((resolve) => stranger.close(resolve));
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
});
