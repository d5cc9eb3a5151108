import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import {
  answer,
  hangInBody,
  hangInHeaders,
  resetAtOnce,
  startMisbehavingRuntime,
} from '../../support/misbehavingRuntime';
import { Cleanup, openClient } from '../../support/openClient';
import { startProxy } from '../../support/startProxy';
import { startTlsRuntime } from '../../support/startTlsRuntime';
import { authorityCertificate, signedCertificate } from '../../support/testCertificates';
import { startFaultyRuntime } from '../../support/faultyRuntime';

/** Timers, sockets and servers that keep a process alive, by name. */
function openHandles(): string[] {
  return process.getActiveResourcesInfo().filter((name) => !/^(TTYWrap|PipeWrap|FSReqPromise|Immediate)$/.test(name));
}

describe('a client that is closed', () => {
  const cleanup = new Cleanup();
  const servers = new Cleanup();
  afterEach(async () => {
    await cleanup.run();
    await servers.run();
  });

  it('leaves no timer and no socket behind, whatever was under way', async function () {
    this.timeout(5000);
    const before = openHandles().filter((name) => name !== 'Timeout').length;
    const options = { timeoutMs: 60_000, retryDelayMs: 60_000 };
    const work: Promise<unknown>[] = [];
    const start = (call: Promise<unknown>) => void work.push(call.catch(() => undefined));
    for (const misbehaviour of [
      hangInHeaders,
      hangInBody,
      resetAtOnce,
      answer(200, []),
      answer(429, '', { 'retry-after': '50' }),
    ]) {
      const runtime = servers.add(await startMisbehavingRuntime(misbehaviour));
      const client = cleanup.add(openClient(runtime.url, options));
      const arrived = runtime.nextCall();
      [client.health(), client.listFlows(), client.putFlow('a', { yaml: '' }), client.deleteFlow('a')].forEach(start);
      start(client.logs({ firstPauseMs: 60_000 }).next());
      await arrived;
    }
    const tls = { ca: [authorityCertificate] };
    const secure = servers.add(await startTlsRuntime({ cert: signedCertificate }));
    const silent = servers.add(await startFaultyRuntime({ call: 'list', connections: 'silent' }));
    await silent.break();
    const proxy = servers.add(await startProxy(secure.port, { isSilent: true }));
    for (const client of [
      openClient(secure.url, { ...options, tls }),
      openClient(silent.url, { ...options, tls }),
      openClient('https://runtime.invalid', { ...options, tls, proxy: { url: proxy.url } }),
    ]) {
      cleanup.add(client);
      start(client.listFlows());
    }
    while (proxy.tunnels.length === 0 || silent.openSockets() === 0) await delay(2);
    assert.ok(openHandles().length > before + 10, 'there is something to leave behind');

    await cleanup.run();
    await Promise.all(work);
    // while the servers still hold their side
    while (silent.openSockets() + proxy.openTunnels() > 0) await delay(5);
    await servers.run();
    // the time-out of this test ends this where one stays
    while (openHandles().filter((name) => name !== 'Timeout').length > before) await delay(5);
    // mocha's own, and the one of the delay above, which is over
    assert.ok(openHandles().filter((name) => name === 'Timeout').length <= 1, openHandles().join());
  });
});
