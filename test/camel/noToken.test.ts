import assert from 'node:assert/strict';
import { freePorts } from '../host/freePorts';
import { type TemporaryFolder, temporaryFolder } from '../host/temporaryFolder';
import { requireCamel } from './requireCamel';
import { type CamelRuntimes, startRuntimesAt } from './startCamelRuntimes';

describe('a Camel runtime without a token', () => {
  let folder: TemporaryFolder;
  let runtimes: CamelRuntimes<'open'>;
  before(async function () {
    folder = temporaryFolder('pipebase-camel');
    const [port = 0] = await freePorts(1);
    const place = { id: 'open', port, token: '', directory: folder.path } as const;
    runtimes = await startRuntimesAt(await requireCamel(this), [place], { environment: {}, system: {} });
  });
  after(async () => {
    await runtimes.stop();
    folder.remove();
  });

  for (const authorization of [undefined, 'Bearer ', 'Bearer guessed']) {
    it(`answers 503 to ${authorization ?? 'nothing'}, as documented`, async () => {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${runtimes.of('open').url}/_api/flows`, { headers });
      assert.equal(response.status, 503);
      assert.deepEqual(await response.json(), { error: 'PIPEBASE_DEPLOY_TOKEN not configured' });
    });
  }

  it('says how it is all the same', async () => {
    assert.equal((await fetch(`${runtimes.of('open').url}/_api/health`)).status, 200);
  });
});
