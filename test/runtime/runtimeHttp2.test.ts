import assert from 'node:assert/strict';
import {
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { Cleanup, openClient, testToken } from '../support/openClient';
import { startFirewall } from '../support/startFirewall';
import { authorityCertificate, signedCertificate, testKey } from '../support/testCertificates';

type Answer = (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void | Promise<void>;

const list: Answer = (stream) => {
  stream.respond({ ':status': 200, 'content-type': 'application/json' });
  stream.end('[{"id":"orders"}]');
};

describe('a runtime that offers HTTP/2', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  let sessions: Set<ServerHttp2Session>;
  let server: Http2SecureServer;

  async function open(...answers: Answer[]) {
    const requests: Record<string, unknown>[] = [];
    sessions = new Set();
    server = createSecureServer({ key: testKey, cert: signedCertificate });
    server.on('session', (session) => {
      sessions.add(session);
      session.on('error', () => undefined).once('close', () => sessions.delete(session));
    });
    server.on('stream', (stream, headers) => {
      requests.push(headers);
      stream.on('error', () => undefined);
      void answers[Math.min(requests.length, answers.length) - 1]?.(stream, headers);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanup.after(() => {
      for (const session of sessions) session.destroy();
      server.close();
    });
    const firewall = cleanup.add(await startFirewall((server.address() as AddressInfo).port));
    const url = `https://127.0.0.1:${firewall.port}`;
    const client = cleanup.add(openClient(url, { tls: { ca: [authorityCertificate] }, timeoutMs: 1000 }));
    return { client, requests, firewall };
  }

  it('is spoken to over it, with the token, body and all', async () => {
    let body = '';
    const { client, requests } = await open(list, async (stream) => {
      body = await text(stream);
      stream.respond({ ':status': 204 }, { endStream: true });
    });
    assert.deepEqual(await client.listFlows(), [{ id: 'orders' }]);
    await client.putFlow('orders', { yaml: 'ä' });
    assert.equal(body, '{"yaml":"ä"}');
    const yaml = 'ä'.repeat(500_000);
    await client.putFlow('orders', { yaml });
    assert.equal(body, JSON.stringify({ yaml }));
    assert.deepEqual(
      requests.map((headers) => [headers[':method'], headers[':path'], headers.authorization]),
      [
        ['GET', '/_api/flows', `Bearer ${testToken}`],
        ['PUT', '/_api/flows/orders', `Bearer ${testToken}`],
        ['PUT', '/_api/flows/orders', `Bearer ${testToken}`],
      ],
    );
  });

  it('is asked again when it breaks off a read, and a write is not', async () => {
    const reset: Answer = (stream) => {
      stream.close(2); // INTERNAL_ERROR
    };
    const { client, requests } = await open(reset, list, reset);
    assert.deepEqual(await client.listFlows(), [{ id: 'orders' }]);
    const error = await catchRuntimeError(client.putFlow('orders', { yaml: '' }));
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['network', true], error.message);
    assert.equal(requests.length, 3);
  });

  it('is given up when it does not answer; cancelling does not end what else is under way', async () => {
    const { client } = await open(() => undefined);
    const own = new AbortController();
    const cancelled = catchRuntimeError(client.listFlows(own.signal));
    const patient = catchRuntimeError(client.putFlow('orders', { yaml: '' }));
    await delay(0);
    own.abort();
    assert.equal((await cancelled).kind, 'cancelled');
    const error = await patient;
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['timeout', true]);
  });

  it('has no session left when the client is closed', async () => {
    const { client } = await open(list);
    await client.listFlows();
    assert.ok(sessions.size > 0);
    await client.close();
    while (sessions.size > 0) await delay(2);
  });

  it('is connected to anew where the connection is forgotten on its way, after one time-out', async () => {
    const { client, firewall } = await open(list);
    await client.listFlows();
    firewall.forget();
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'timeout');
    assert.deepEqual(await client.listFlows(), [{ id: 'orders' }]);
    assert.equal(firewall.made(), 2);
  });

  it('keeps the connection on which a call times out for as long as another is under way on it, and no longer', async () => {
    const held: (() => void)[] = [];
    const hold: Answer = (stream) => {
      held.push(() => {
        stream.respond({ ':status': 200 });
        stream.end('{"hash":"ab"}');
      });
    };
    const { client, requests, firewall } = await open(list, () => undefined, hold, list);
    await client.listFlows();
    const late = catchRuntimeError(client.listFlows());
    await delay(500);
    const write = client.putFlow('orders', { yaml: '' });
    assert.equal((await late).kind, 'timeout');
    while (held.length === 0) await delay(2);
    held[0]?.();
    assert.deepEqual(await write, { hash: 'ab' });
    assert.equal(requests.length, 3);
    firewall.forget();
    assert.deepEqual(await client.listFlows(), [{ id: 'orders' }]);
  });

  it('has no session left some seconds after the last call, and none is ended under a stream', async () => {
    const beats: NodeJS.Timeout[] = [];
    cleanup.after(() => {
      beats.forEach(clearInterval);
    });
    const stream: Answer = (events) => {
      events.respond({ ':status': 200, 'content-type': 'text/event-stream' });
      events.write('data: a\n\n');
      beats.push(setTimeout(() => events.write('data: b\n\n'), 5000));
    };
    const { client } = await open(list, stream);
    await client.listFlows();
    const messages: string[] = [];
    for await (const { message } of client.logs()) {
      messages.push(message);
      if (message === 'b') break;
    }
    assert.deepEqual([messages, sessions.size], [['a', 'b'], 1]);
    while (sessions.size > 0) await delay(20);
  });
});
