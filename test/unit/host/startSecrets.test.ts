import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startSecretsEnvironment, takeStartSecrets } from '../../host/startSecrets';
import { openTemporaryDirectory } from '../../support/temporaryDirectory';

interface Activated {
  readonly activate: (context: unknown) => Promise<string>;
}

describe('takeStartSecrets', () => {
  it('has an extension store the secrets before it is activated, and leaves them nowhere', async () => {
    const folder = await openTemporaryDirectory();
    mkdirSync(join(folder.path, 'dist'));
    const own = 'exports.activate = (context) => `activated after ${context.said.join(", ")}`;';
    writeFileSync(join(folder.path, 'dist', 'extension.js'), own);
    takeStartSecrets(folder.path);
    Object.assign(process.env, startSecretsEnvironment([['token ["dev"]', 'abc']]));
    const said: string[] = [];
    const secrets = { store: (key: string, value: string) => Promise.resolve(said.push(`${key}=${value}`)) };

    const { activate } = createRequire(__filename)(join(folder.path, 'dist', 'extension.js')) as Activated;
    assert.equal(await activate({ secrets, said }), 'activated after token ["dev"]=abc');
    assert.equal(process.env.PIPEBASE_START_SECRETS, undefined);
    await folder.close();
  });
});
