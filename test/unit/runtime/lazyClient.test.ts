import assert from 'node:assert/strict';
import { LazyClient } from '../../../src/runtime/lazyClient';
import { RuntimeError } from '../../../src/core/ports';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { answer, hangInHeaders, startMisbehavingRuntime } from '../../support/misbehavingRuntime';
import { Cleanup, openClient } from '../../support/openClient';
import { startTlsRuntime } from '../../support/startTlsRuntime';
import { authorityCertificate, signedCertificate } from '../../support/testCertificates';

describe('a client that opens at its first call', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('is one for all calls, and none before them', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    let opened = 0;
    const client = cleanup.add(
      new LazyClient(() => {
        opened++;
        return Promise.resolve(openClient(runtime.url));
      }),
    );
    assert.equal(opened, 0);
    await Promise.all([client.listFlows(), client.listFlows()]);
    await client.deleteFlow('a');
    assert.equal(opened, 1);
  });

  it('opens nothing where a call is forbidden, and nothing once it is closed', async () => {
    const forbidden = new LazyClient(
      () => assert.fail('opened'),
      () => {
        throw new RuntimeError('restricted');
      },
    );
    assert.equal((await catchRuntimeError(forbidden.health())).kind, 'restricted');
    const closed = new LazyClient(() => assert.fail('opened'));
    await closed.close();
    assert.equal((await catchRuntimeError(closed.health())).kind, 'cancelled');
  });

  it('ends what is under way when it is closed', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(hangInHeaders));
    const client = new LazyClient(() => Promise.resolve(openClient(runtime.url)));
    const arrived = runtime.nextCall();
    const call = catchRuntimeError(client.listFlows());
    await arrived;
    await client.close();
    assert.equal((await call).kind, 'cancelled');
  });

  it('reads the certificate files again after a TLS fault, or after one could not be read', async () => {
    const { url } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    const files: (string[] | undefined)[] = [undefined, [], [authorityCertificate]];
    const client = cleanup.add(
      new LazyClient(() => {
        const ca = files.shift();
        if (!ca) return Promise.reject(new RuntimeError('tls', { detail: 'ca.pem cannot be read' }));
        return Promise.resolve(openClient(url, { tls: { ca } }));
      }),
    );
    assert.match((await catchRuntimeError(client.listFlows())).message, /cannot be read/);
    assert.match((await catchRuntimeError(client.listFlows())).message, /unknown here/);
    assert.deepEqual(await client.listFlows(), []);
    assert.deepEqual(await client.listFlows(), []);
  });
});
