import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyRuntime } from './emptyRuntime';
import { type Folder, folderWith } from './folderWith';
import { helloFlow } from './helloFlow';
import { type LoopbackServer, loopbackServer } from './loopbackServer';
import { runningRoutes } from './runningRoutes';
import { settled } from './settled';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

describe('A port that another program holds', () => {
  story();
  let program: LoopbackServer;
  let folder: Folder;
  const opened = windowForSuite(async () => {
    program = await loopbackServer(emptyRuntime('its own token'));
    folder = folderWith('taken-port', {
      'pipebase.yaml': `version: 1\nenvironments:\n  dev: # here\n    url: http://localhost:${port()}\n`,
      'hello.camel.yaml': helloFlow('hello'),
    });
    return { workspace: folder.path, settings: { 'pipebase.local.startAutomatically': true } };
  });
  after(async () => {
    await program.close();
    folder.remove();
  });

  const port = (): string => new URL(program.url).port;
  const registry = (): string => readFileSync(join(opened().window.workspaceDir, 'pipebase.yaml'), 'utf8');

  it('is named, and nothing is changed unasked', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    const said = await driver.notificationText('Another program uses the port of dev');
    assert.ok(said.includes(`(port ${port()}), so no local environment was started there.`), said);
    assert.ok(registry().includes(`http://localhost:${port()}`));
  });

  it('gets no token that nobody set', async () => {
    const { driver } = opened();
    await driver.treeRow(/dev.*Another program uses its port/s, 'Environments').waitFor();
    assert.deepEqual(
      program.requests.flatMap(({ authorization }) => authorization ?? []),
      [],
    );
  });

  it('is left to it where the person takes another one: only the port in pipebase.yaml changes', async () => {
    const { driver } = opened();
    const before = registry();
    await driver.answerNotification('Another program', /^Use Port/);
    await driver.treeRow(/dev.*local · 0 flows/s, 'Environments').waitFor();
    const other = /localhost:(\d+)/.exec(registry())?.[1] ?? '';
    assert.notEqual(other, port());
    assert.equal(registry(), before.replace(port(), other));
    await settled(
      'it runs',
      () => runningRoutes(Number(other)),
      (routes) => routes.length === 0,
    );
  });
});
