import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type TemporaryFolder, temporaryFolder } from '../host/temporaryFolder';
import { PromotionStage } from './promotionStage';
import { camelRuntimes } from './rootHooks';

describe('a flow that Camel cannot start any more after a restart', () => {
  let folder: TemporaryFolder;
  let stage: PromotionStage;
  before(() => {
    folder = temporaryFolder('pipebase-camel');
    const text = pathToFileURL(join(folder.path, 'text.txt')).pathname;
    const yaml = `- from:\n    uri: direct:text\n    steps:\n      - setBody:\n          simple: resource:file:${text}\n`;
    const { url, token } = camelRuntimes().of('staging');
    const registry = `version: 1\nenvironments:\n  staging:\n    url: ${url}\n`;
    stage = new PromotionStage(registry, 'text', yaml, () => token);
    writeFileSync(text, 'Hello');
  });
  after(async () => {
    await stage.perform({ kind: 'undeploy', environment: 'staging' });
    await stage.close();
    folder.remove();
  });

  it('is there still and runs no route: neither in sync nor not deployed', async () => {
    const staging = camelRuntimes().of('staging');
    assert.equal((await stage.perform({ kind: 'deploy', environment: 'staging' })).outcome, 'succeeded');
    assert.deepEqual(await stage.states(), { staging: 'in-sync' });
    rmSync(join(folder.path, 'text.txt'));
    await staging.stop();
    await staging.start();
    assert.deepEqual(await stage.states(), { staging: 'unknown' });
  });

  it('can be undeployed', async () => {
    assert.equal((await stage.perform({ kind: 'undeploy', environment: 'staging' })).outcome, 'succeeded');
    assert.deepEqual(await stage.states(), { staging: 'not-deployed' });
  });
});
