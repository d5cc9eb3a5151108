import assert from 'node:assert/strict';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TlsMaterial } from '../../src/runtime/runtimeClient';
import { cellSentence } from '../../src/vscode/sentences/cellSentence';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { startMisbehavingRuntime } from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';
import { startTlsRuntime } from '../support/startTlsRuntime';
import {
  authorityCertificate,
  clientCertificate,
  localhostCertificate,
  signedCertificate,
  testKey,
} from '../support/testCertificates';
import { tlsFaults } from './tlsFaults';

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
    it('gets the one of the environment', async () => {
      const { url } = await open({ cert: signedCertificate, ca: authorityCertificate, requestCert: true });
      assert.deepEqual(await clientFor(url, { ca, cert: clientCertificate, key: testKey }).listFlows(), []);
    });
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

  for (const [problem, { server, tls, detail, isAfterHandshake = false }] of Object.entries(tlsFaults)) {
    it(`gets no request, and no token, where ${problem}`, async () => {
      const { url, requests } = await open(server);
      const client = clientFor(url, tls);
      const calls = [() => client.listFlows(), () => client.putFlow('orders', { yaml: '' }), () => client.health()];
      for (const call of calls) {
        const error = await catchRuntimeError(call());
        assert.equal(error.kind, 'tls', error.message);
        if (!isAfterHandshake) assert.equal(error.isOutcomeUnknown, false);
        assert.match(error.detail ?? '', detail);
        const sentence = cellSentence({ state: 'unreachable', reason: 'tls', detail: error.detail ?? '' });
        assert.match(sentence, /^There is no secure connection to it\. [A-Z].*\.$/i);
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
