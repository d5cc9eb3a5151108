import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import {
  answer,
  hangInBody,
  hangInHeaders,
  resetAtOnce,
  startMisbehavingRuntime,
  type MisbehavingRuntime,
} from '../support/misbehavingRuntime';
import { Cleanup, openClient } from '../support/openClient';
import { startProxy } from '../support/startProxy';
import { startTlsRuntime } from '../support/startTlsRuntime';
import { authorityCertificate, signedCertificate } from '../support/testCertificates';
import { startFaultyRuntime } from '../support/faultyRuntime';

const patienceMs = 60_000;

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
    // generous, for a machine that is busy, and shorter than what anything left behind would last
    this.timeout(patienceMs);
    const before = openHandles().filter((name) => name !== 'Timeout').length;
    const options = { timeoutMs: 2 * patienceMs, retryDelayMs: 2 * patienceMs };
    const work: Promise<unknown>[] = [];
    const runtimes: MisbehavingRuntime[] = [];
    const start = (call: Promise<unknown>) => void work.push(call.catch(() => undefined));
    for (const misbehaviour of [
      hangInHeaders,
      hangInBody,
      resetAtOnce,
      answer(200, []),
      answer(429, '', { 'retry-after': String((1.5 * patienceMs) / 1000) }),
    ]) {
      const runtime = servers.add(await startMisbehavingRuntime(misbehaviour));
      runtimes.push(runtime);
      const client = cleanup.add(openClient(runtime.url, options));
      const arrived = runtime.nextCall();
      [client.health(), client.listFlows(), client.putFlow('a', { yaml: '' }), client.deleteFlow('a')].forEach(start);
      start(client.logs({ firstPauseMs: 2 * patienceMs }).next());
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
    for (const runtime of runtimes) while ((await runtime.openSockets()) > 0) await delay(5);
    while (silent.openSockets() + proxy.openTunnels() > 0) await delay(5);
    await servers.run();
    // the time-out of this test ends this where one stays
    while (openHandles().filter((name) => name !== 'Timeout').length > before) await delay(5);
    // mocha's own may be there
    while (openHandles().filter((name) => name === 'Timeout').length > 1) await delay(5);
  });
});
