import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import tls from 'node:tls';
import { LazyClient } from '../../src/runtime/lazyClient';
import { readTlsMaterial } from '../../src/runtime/readTlsMaterial';
import { RuntimeError, type RuntimeClient } from '../../src/core/ports';
import { readEnvironment } from '../../src/vscode/state/readEnvironment';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { answer, hangInHeaders, startMisbehavingRuntime, type Misbehaviour } from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';
import { startTlsRuntime } from '../support/startTlsRuntime';
import { authorityCertificate, expiredCertificate, signedCertificate } from '../support/testCertificates';
import { tlsFaults } from './tlsFaults';

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

  for (const [problem, { server, tls: material, detail }] of Object.entries(tlsFaults)) {
    it(`tells each of two calls at once, every time, that ${problem}, and so does a reading`, async () => {
      const { url } = cleanup.add(await startTlsRuntime(server));
      const client = cleanup.add(new LazyClient(() => Promise.resolve(openClient(url, { tls: material }))));
      for (let round = 0; round < 4; round++) {
        const calls = [client.health(), client.listFlows()].map(catchRuntimeError);
        const reading = await readEnvironment(client, () => 7);
        assert.ok(reading?.kind === 'failed' && reading.reason === 'tls', JSON.stringify(reading));
        assert.match(reading.detail ?? '', detail);
        for (const error of await Promise.all(calls)) {
          assert.equal(error.kind, 'tls', error.message);
          assert.match(error.detail ?? '', detail);
        }
      }
    });
  }

  /** Its first client is a TLS fault to reads, and `slow` to writes; the second answers. */
  function withFault(first: RuntimeClient) {
    const failing = { ...first, listFlows: () => Promise.reject(new RuntimeError('tls')) };
    const clients: RuntimeClient[] = [failing];
    return new LazyClient(() => Promise.resolve(clients.shift() ?? first));
  }

  it('lets a write end on the client that met a TLS fault, and closes that client then', async () => {
    const held: (() => void)[] = [];
    const hold: Misbehaviour = (_request, response) => void held.push(() => response.end('{"hash":"ab"}'));
    const runtime = cleanup.add(await startMisbehavingRuntime(hold));
    const client = cleanup.add(withFault(openClient(runtime.url, { timeoutMs: 60_000 })));
    const arrived = runtime.nextCall();
    const write = client.putFlow('orders', { yaml: '' });
    await arrived;
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'tls');
    held[0]?.();
    assert.deepEqual(await write, { hash: 'ab' });
    while ((await runtime.openSockets()) > 0) await delay(2);
  });

  it('ends what is under way on the client that met a TLS fault, too, when it is closed', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime(hangInHeaders));
    const client = withFault(openClient(runtime.url, { timeoutMs: 60_000 }));
    const arrived = runtime.nextCall();
    const write = catchRuntimeError(client.putFlow('orders', { yaml: '' }));
    await arrived;
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'tls');
    await client.close();
    assert.equal((await write).kind, 'cancelled');
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

  it('makes of the same certificate files one context for all that they fail, and another one once they are mended', async () => {
    const { url } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    const made = countContexts();
    // of another test there may be one that is the same
    const ours = `# ${randomUUID()}\n`;
    let [caFile, reads] = [ours + expiredCertificate, 0];
    const client = cleanup.add(
      new LazyClient(async () => {
        const material = await readTlsMaterial({ caFile: 'ca.pem' }, () => {
          reads++;
          return Promise.resolve(caFile);
        });
        return openClient(url, { tls: material ?? {} });
      }),
    );
    for (let poll = 1; poll <= 4; poll++) {
      assert.equal((await catchRuntimeError(client.listFlows())).kind, 'tls');
      assert.deepEqual([reads, made()], [poll, 1]);
    }
    caFile = ours + authorityCertificate;
    for (let poll = 0; poll < 3; poll++) assert.deepEqual(await client.listFlows(), []);
    assert.deepEqual([reads, made()], [5, 2]);
  });

  /** How many contexts of TLS were made since; a connection that has one makes none. */
  function countContexts(): () => number {
    const { createSecureContext: make } = tls;
    let made = 0;
    tls.createSecureContext = (...given) => {
      made++;
      return make(...given);
    };
    syncBuiltinESMExports();
    cleanup.after(() => {
      tls.createSecureContext = make;
      syncBuiltinESMExports();
    });
    return () => made;
  }
});
