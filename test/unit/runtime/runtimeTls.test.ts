import assert from 'node:assert/strict';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsMaterial } from '../../../src/runtime/runtimeClient';
import { cellSentence } from '../../../src/vscode/sentences/cellSentence';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { startMisbehavingRuntime } from '../../support/misbehavingRuntime';
import { Cleanup, openClient } from '../../support/openClient';
import { startTlsRuntime } from '../../support/startTlsRuntime';
import {
  authorityCertificate,
  clientCertificate,
  expiredCertificate,
  localhostCertificate,
  otherHostCertificate,
  signedCertificate,
  testKey,
} from '../../support/testCertificates';

/** A key of its own, which belongs to no certificate here. */
const otherKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtd5f4DIRSh6Q4ynS
tZNAeQfAnpY2YoqjOPTZgER+NtyhRANCAARscKRZqZVqVmjtH9f5MuLAkc+oGstL
VjOvjEoX4jdhf7W49warNn57OMkMZllfzIujHZ+pGpXeAL2Bk+B884u+
-----END PRIVATE KEY-----`;

const ca = [authorityCertificate];

describe('a runtime over TLS', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const open = async (options: ServerOptions) => cleanup.add(await startTlsRuntime(options));
  const clientFor = (url: string, tls: TlsMaterial) => cleanup.add(openClient(url, { tls }));

  for (const [whose, cert, authorities] of [
    ['itself', localhostCertificate, [localhostCertificate]],
    ['a private authority', signedCertificate, ca],
  ] as const) {
    it(`is spoken to where the environment trusts its certificate, from ${whose}`, async () => {
      const { url } = await open({ cert });
      assert.deepEqual(await clientFor(url, { ca: authorities }).listFlows(), []);
    });
  }

  describe('that wants a client certificate', () => {
    const wanting = { cert: signedCertificate, ca: authorityCertificate, requestCert: true } as const;

    it('gets the one of the environment', async () => {
      const { url } = await open(wanting);
      assert.deepEqual(await clientFor(url, { ca, cert: clientCertificate, key: testKey }).listFlows(), []);
    });

    for (const [what, own, detail, versions] of [
      ['none', {}, /wants a client certificate.*\. Name tls\.certFile and tls\.keyFile/, ['TLSv1.2', 'TLSv1.3']],
      [
        'one from another authority',
        { cert: otherHostCertificate, key: testKey },
        /client certificate.*\. Name tls\.certFile and tls\.keyFile/,
        ['TLSv1.2', 'TLSv1.3'],
      ],
      [
        'one whose key it is not',
        { cert: clientCertificate, key: otherKey },
        /tls\.keyFile is not the key of tls\.certFile/,
        ['TLSv1.3'],
      ],
    ] as const) {
      for (const maxVersion of versions) {
        it(`gets no request with ${what}, and the settings are named (${maxVersion})`, async () => {
          const { url, requests } = await open({ ...wanting, maxVersion });
          const client = clientFor(url, { ca, ...own });
          for (const call of [() => client.listFlows(), () => client.putFlow('orders', { yaml: '' })]) {
            const error = await catchRuntimeError(call());
            assert.equal(error.kind, 'tls', error.message);
            assert.match(error.detail ?? '', detail);
          }
          assert.equal(requests(), 0);
        });
      }
    }
  });

  describe('that ends the connection instead of an answer', () => {
    async function openEnding(end: (socket: Socket) => void) {
      let requests = 0;
      const server = createServer({ cert: signedCertificate, key: testKey }, ({ socket }) => {
        requests++;
        end(socket);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      cleanup.after(() => {
        server.close().closeAllConnections();
      });
      return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
    }

    it('without a word may want a client certificate, and is not asked again; what became of a write is open', async () => {
      // a server of Node.js says nothing after the handshake until it writes or ends in good order
      const { url, requests } = await openEnding((socket) => socket.destroy());
      const client = clientFor(url, { ca });
      for (const call of [client.listFlows(), client.putFlow('orders', { yaml: '' })]) {
        const error = await catchRuntimeError(call);
        assert.equal(error.kind, 'tls', error.message);
        assert.match(error.detail ?? '', /without a word.*tls\.certFile/);
        assert.equal(error.isOutcomeUnknown, error.call?.startsWith('PUT'));
      }
      assert.equal(requests(), 2);
    });

    it('after it had accepted it is asked again, on connections that go on from the first, too', async () => {
      const { url, requests } = await openEnding((socket) => socket.end());
      const error = await catchRuntimeError(clientFor(url, { ca }).listFlows());
      assert.deepEqual([error.kind, requests()], ['network', 3], error.message);
    });
  });

  const faults = [
    ['is self-signed', localhostCertificate, [], /is self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .*tls\.caFile/],
    ['is from an unknown authority', signedCertificate, [], /authority unknown here \(UNABLE_TO_.*\)\. .*tls\.caFile/],
    [
      'is for another host',
      otherHostCertificate,
      [otherHostCertificate],
      /does not match.*127\.0\.0\.1.*\(ERR_TLS_CERT_ALTNAME_INVALID\)\. Use a name that its certificate has\.$/,
    ],
    ['has expired', expiredCertificate, [expiredCertificate], /has expired \(CERT_HAS_EXPIRED\)\. .*renewed/],
  ] as const;
  for (const [problem, cert, authorities, detail] of faults) {
    it(`gets no request, and no token, when its certificate ${problem}`, async () => {
      const { url, requests } = await open({ cert });
      const client = clientFor(url, { ca: authorities });
      const calls = [() => client.listFlows(), () => client.putFlow('orders', { yaml: '' }), () => client.health()];
      for (const call of calls) {
        const error = await catchRuntimeError(call());
        assert.deepEqual([error.kind, error.isOutcomeUnknown], ['tls', false]);
        assert.match(error.detail ?? '', detail);
        const sentence = cellSentence({ state: 'unreachable', reason: 'tls', detail: error.detail ?? '' });
        assert.match(sentence, /^There is no secure connection to it\. [A-Z].*\.$/);
      }
      assert.equal(requests(), 0);
    });
  }

  it('is named as a TLS fault where there is none', async () => {
    const runtime = cleanup.add(await startMisbehavingRuntime());
    const error = await catchRuntimeError(clientFor(runtime.url.replace('http:', 'https:'), {}).listFlows());
    assert.equal(error.kind, 'tls');
    assert.match(error.detail ?? '', /does not speak TLS.*http:\/\//);
  });

  it('is named as a fault where the environment’s own files are no certificates', async () => {
    const { url } = await open({ cert: localhostCertificate });
    for (const tls of [{ ca: ['no PEM'] }, { cert: 'no PEM', key: 'no PEM' }]) {
      const error = await catchRuntimeError(clientFor(url, tls).putFlow('orders', { yaml: '' }));
      assert.deepEqual([error.kind, error.isOutcomeUnknown], ['tls', false], error.message);
      assert.match(error.detail ?? '', /tls\.|self-signed/);
    }
  });
});
