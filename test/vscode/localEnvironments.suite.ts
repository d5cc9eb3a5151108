import assert from 'node:assert/strict';
import { readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from 'vscode';
import { person } from './support/person';
import { until } from './support/until';
import { aFlowYaml, firstFolder, refresh } from './support/world';

interface Health {
  readonly environment: string;
  readonly routes: readonly { readonly id: string }[];
}

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

  it('give their ports back when they are stopped, and come back on them', async () => {
    await commands.executeCommand('pipebase.local.stop');
    await until(async () => {
      await assert.rejects(health(0));
    });
    await commands.executeCommand('pipebase.local.start');
    assert.equal((await health(3)).environment, 'prod');
  });
});
