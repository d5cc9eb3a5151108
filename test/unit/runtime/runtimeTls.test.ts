import assert from 'node:assert/strict';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { Cleanup, openClient } from '../../support/openClient';
import { startMisbehavingRuntime } from '../../support/misbehavingRuntime';
import {
  expiredCertificate,
  localhostCertificate,
  otherHostCertificate,
  testKey,
} from '../../support/testCertificates';

describe('a runtime over TLS', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  let requests = 0;
  async function open(options: ServerOptions): Promise<string> {
    requests = 0;
    const server = createServer({ key: testKey, ...options }, (_request, response) => {
      requests++;
      response.end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanup.after(() => {
      server.close();
      server.closeAllConnections();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('is spoken to where the environment trusts its certificate', async () => {
    const url = await open({ cert: localhostCertificate });
    const client = cleanup.add(openClient(url, { tls: { ca: [localhostCertificate] } }));
    assert.deepEqual(await client.listFlows(), []);
  });

  it('gets the client certificate of the environment', async () => {
    const url = await open({ cert: localhostCertificate, ca: localhostCertificate, requestCert: true });
    const own = { ca: [localhostCertificate], cert: localhostCertificate, key: testKey };
    assert.deepEqual(await cleanup.add(openClient(url, { tls: own })).listFlows(), []);
    const error = await catchRuntimeError(
      cleanup.add(openClient(url, { tls: { ca: [localhostCertificate] } })).listFlows(),
    );
    assert.ok(['tls', 'network'].includes(error.kind), error.message);
  });

  const faults = [
    ['is self-signed', localhostCertificate, [], /self-signed certificate \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
    [
      'is for another host',
      otherHostCertificate,
      [otherHostCertificate],
      /does not match.*127\.0\.0\.1.*\(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    ],
    ['has expired', expiredCertificate, [expiredCertificate], /certificate has expired \(CERT_HAS_EXPIRED\)/],
  ] as const;
  for (const [problem, cert, ca, detail] of faults) {
    it(`gets no request, and no token, when its certificate ${problem}`, async () => {
      const client = cleanup.add(openClient(await open({ cert }), { tls: { ca } }));
      for (const call of [client.listFlows(), client.putFlow('orders', { yaml: '' })]) {
        const error = await catchRuntimeError(call);
        assert.deepEqual([error.kind, error.isOutcomeUnknown], ['tls', false]);
        assert.match(error.detail ?? '', detail);
      }
      assert.equal(requests, 0);
    });
  }

  it('is named as a TLS fault where there is none', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime());
    const client = cleanup.add(openClient(runtime.url.replace('http:', 'https:')));
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'tls');
  });

  it('is named as a fault where the environment’s own files are no certificates', async () => {
    const url = await open({ cert: localhostCertificate });
    for (const tls of [{ ca: ['no PEM'] }, { cert: 'no PEM', key: 'no PEM' }]) {
      const error = await catchRuntimeError(cleanup.add(openClient(url, { tls })).listFlows());
      assert.equal(error.kind, 'tls', error.message);
      assert.equal(error.isOutcomeUnknown, false);
    }
  });
});
