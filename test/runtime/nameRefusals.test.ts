import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { nameRefusals, tlsRefusedCode } from '../../src/runtime/nameRefusals';

/** As far as a TLS socket matters here. */
class StandIn extends Duplex {
  bytesRead = 0;
  protocol = 'TLSv1.3';
  isReused = false;
  override readonly _read = () => undefined;
  getProtocol = () => this.protocol;
  isSessionReused = () => this.isReused;
}

const resetError = (code = 'ECONNRESET') => Object.assign(new Error('broken'), { code });

describe('a TLS connection that ends', () => {
  /** The code of the error that undici hears of; undefined where there is none. */
  async function codeAfter(prepare: (socket: StandIn) => void, error?: Error): Promise<unknown> {
    const socket = new StandIn();
    const connect = nameRefusals((_options, callback) => {
      callback(null, socket as unknown as TLSSocket);
    });
    connect({} as buildConnector.Options, () => undefined);
    prepare(socket);
    const heard = new Promise<Error | undefined>((resolve) => {
      socket.once('error', resolve).once('close', () => {
        resolve(undefined);
      });
    });
    if (error) socket.destroy(error);
    else socket.resume().end().push(null);
    return ((await heard) as { code?: unknown } | undefined)?.code;
  }

  for (const [how, error] of [
    ['ends', () => undefined],
    ['is reset', () => resetError()],
    ['is a broken pipe', () => resetError('EPIPE')],
  ] as const) {
    it(`${how} right after the handshake is one that was not wanted`, async () => {
      assert.equal(await codeAfter(() => undefined, error()), tlsRefusedCode);
    });

    for (const [why, prepare] of [
      ['it brought a ticket', (socket) => socket.emit('session', Buffer.alloc(1))],
      ['it brought bytes', (socket) => (socket.bytesRead = 1)],
      ['it goes on from an earlier one', (socket) => (socket.isReused = true)],
      ['its handshake would have told', (socket) => (socket.protocol = 'TLSv1.2')],
    ] as const satisfies readonly (readonly [string, (socket: StandIn) => unknown])[]) {
      it(`${how} is what it is where ${why}`, async () => {
        assert.notEqual(await codeAfter(prepare, error()), tlsRefusedCode);
      });
    }
  }

  it('by any other error is what it is', async () => {
    assert.equal(await codeAfter(() => undefined, resetError('ETIMEDOUT')), 'ETIMEDOUT');
  });

  for (const [code, expected] of [
    ['ECONNRESET', tlsRefusedCode],
    ['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED'],
  ] as const) {
    it(`in the handshake by ${code} is named ${expected}`, () => {
      const connect = nameRefusals((_options, callback) => {
        callback(resetError(code), null);
      });
      let heard: Error | null = null;
      connect({} as buildConnector.Options, (...[error]) => {
        heard = error;
      });
      assert.equal((heard as NodeJS.ErrnoException | null)?.code, expected);
    });
  }
});
