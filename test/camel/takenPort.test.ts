import assert from 'node:assert/strict';
import { join } from 'node:path';
import { temporaryFolder } from '../host/temporaryFolder';
import { requireCamel } from './requireCamel';
import { camelRuntimes } from './rootHooks';
import { startRuntimesAt } from './startCamelRuntimes';

describe('a Camel runtime whose port is taken', () => {
  it('says so and ends, instead of leaving the port to whoever has it', async function () {
    const folder = temporaryFolder('pipebase-camel');
    const { port, token } = camelRuntimes().of('dev');
    const places = [{ id: 'second', port, token, directory: join(folder.path, 'second') }];
    const start = startRuntimesAt(await requireCamel(this), places, { environment: {}, system: {} });
    await assert.rejects(start, new RegExp(`The Camel runtime second did not start:\\s+Port ${port} is taken\\.`));
    folder.remove();
  });
});
