import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { RuntimeClientOptions } from '../../src/runtime/runtimeClient';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { startFaultyRuntime } from '../support/faultyRuntime';
import { answer, refusingUrl, startMisbehavingRuntime } from '../support/misbehavingRuntime';
import { Cleanup, openClient, testToken } from '../support/openClient';
import { startSocksProxy, type TestSocksProxyOptions } from '../support/startSocksProxy';
import { startTlsRuntime } from '../support/startTlsRuntime';
import { authorityCertificate, signedCertificate } from '../support/testCertificates';

const credentials = { username: 'grün', password: 'p@ss:w0rd' };
const given = `//${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`;

describe('a runtime behind a SOCKS proxy', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function openPlain(options: TestSocksProxyOptions = {}) {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    const proxy = cleanup.add(await startSocksProxy(Number(new URL(runtime.url).port), options));
    return { runtime, proxy };
  }

  async function openSecure(options: TestSocksProxyOptions = {}) {
    const runtime = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    const proxy = cleanup.add(await startSocksProxy(runtime.port, options));
    return { runtime, proxy };
  }

  const clientFor = (baseUrl: string, url: string, options: Partial<RuntimeClientOptions> = {}) => {
    const tls = { ca: [authorityCertificate] };
    return cleanup.add(openClient(baseUrl, { allowInsecure: true, tls, proxy: { url }, ...options }));
  };

  for (const scheme of ['socks', 'socks5', 'socks5h']) {
    it(`is reached over ${scheme}://, plain, with the name of its host left to the proxy`, async () => {
      const { runtime, proxy } = await openPlain();
      const client = clientFor('http://runtime.invalid:81/base', proxy.url.replace('socks5', scheme));
      assert.deepEqual(await client.listFlows(), []);
      assert.deepEqual(proxy.targets, ['runtime.invalid:81']);
      const [call] = runtime.calls;
      assert.deepEqual([call?.path, call?.headers.host], ['/base/_api/flows', 'runtime.invalid:81']);
      assert.equal(call?.headers.authorization, `Bearer ${testToken}`);
    });
  }

  it('is reached over TLS, which ends at the runtime and nowhere before', async () => {
    const { proxy } = await openSecure();
    assert.deepEqual(await clientFor('https://runtime.invalid', proxy.url).listFlows(), []);
    assert.deepEqual(proxy.targets, ['runtime.invalid:443']);
    const error = await catchRuntimeError(clientFor('https://runtime.invalid', proxy.url, { tls: {} }).listFlows());
    assert.equal(error.kind, 'tls');
  });

  for (const [host, asked] of [
    ['10.1.2.3', '10.1.2.3'],
    ['[2001:db8::1:2]', '32.1.13.184.0.0.0.0.0.0.0.0.0.1.0.2'],
    ['[fe80::]', '254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.0'],
  ] as const) {
    it(`is asked for by its address: ${host}`, async () => {
      const { proxy } = await openPlain();
      await clientFor(`http://${host}`, proxy.url).listFlows();
      assert.deepEqual(proxy.targets, [`[${asked}]:80`]);
    });
  }

  for (const ownAddress of ['IPv4', 'IPv6', 'name'] as const) {
    it(`is reached through one that names its own ${ownAddress}, byte by byte`, async () => {
      const { proxy } = await openPlain({ ownAddress, isDripping: true });
      assert.deepEqual(await clientFor('http://runtime.invalid', proxy.url).listFlows(), []);
    });
  }

  it('is reached with the credentials in the address of the proxy', async () => {
    const { proxy } = await openSecure({ credentials });
    const client = clientFor('https://runtime.invalid', proxy.url.replace('//', given));
    assert.deepEqual(await client.listFlows(), []);
    const unasked = await openPlain();
    assert.deepEqual(await clientFor('http://runtime.invalid', unasked.proxy.url.replace('//', given)).listFlows(), []);
  });

  const long = `//${'x'.repeat(256)}:y@`;
  for (const [what, options, userinfo, detail] of [
    ['wants credentials', { credentials }, '//', /wants credentials.*Put them into http\.proxy: socks5:\/\/user/],
    ['wants other ones', { credentials }, '//me:pa55@', /does not accept the credentials.*http\.proxy/],
    ['wants shorter ones', { credentials }, long, /too long/],
    ['does not allow it', { reply: 2 }, given, /answers not allowed by its rules when asked/],
    ['does not reach it', { reply: 4 }, given, /answers host unreachable when asked/],
    ['says what nobody knows', { reply: 99 }, given, /answers 99 when asked/],
    ['ends the connection', { greeting: 'end' }, '//', /it ends the connection/],
    ['resets the connection', { greeting: 'reset' }, '//', /reset|ends the connection/],
    ['is a web server', { greeting: 'HTTP/1.1 400 Bad Request\r\n\r\n' }, '//', /does not speak SOCKS 5/],
  ] as const) {
    it(`gets nothing where the proxy ${what}, and the proxy is named`, async () => {
      const { runtime, proxy } = await openPlain(options);
      const client = clientFor('http://runtime.invalid', proxy.url.replace('//', userinfo));
      const error = await catchRuntimeError(client.putFlow('orders', { yaml: '' }));
      assert.deepEqual([error.kind, error.isOutcomeUnknown], ['proxy', false], error.message);
      assert.match(error.detail ?? '', detail);
      assert.ok(error.detail?.startsWith(`${proxy.url} cannot be used: `), error.detail);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /pa55|w0rd|gr%C3/);
      assert.deepEqual(runtime.calls, []);
      while (proxy.openSockets() > 0) await delay(2);
    });
  }

  it('got nothing when the proxy is not there', async () => {
    const url = (await refusingUrl()).replace('http', 'socks5');
    const error = await catchRuntimeError(clientFor('http://runtime.invalid', url).putFlow('orders', { yaml: '' }));
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['proxy', false]);
    assert.match(error.detail ?? '', /cannot be used: nothing listens there/);
  });

  for (const scheme of ['socks4', 'socks4a']) {
    it(`is not asked through ${scheme}://, and says what to use`, async () => {
      const { proxy } = await openPlain();
      const client = clientFor('http://runtime.invalid', proxy.url.replace('socks5', scheme));
      const error = await catchRuntimeError(client.listFlows());
      assert.equal(error.kind, 'proxy');
      assert.match(error.detail ?? '', /SOCKS 4 is not spoken here\. Use socks5:\/\/ or http:\/\/\.$/);
      assert.equal(proxy.openSockets(), 0);
    });
  }

  it('is not waited for where the proxy never answers, and no socket stays', async () => {
    const { proxy } = await openPlain({ greeting: 'silence' });
    const client = clientFor('http://runtime.invalid', proxy.url, { timeoutMs: 30 });
    assert.equal((await catchRuntimeError(client.listFlows())).kind, 'timeout');
    while (proxy.openSockets() > 0) await delay(2);
  });

  it('ends its socket when the call is cancelled before TLS is spoken inside', async () => {
    const silent = cleanup.add(await startFaultyRuntime({ call: 'list', connections: 'silent' }));
    await silent.break();
    const proxy = cleanup.add(await startSocksProxy(Number(new URL(silent.url).port)));
    const own = new AbortController();
    const client = clientFor('https://runtime.invalid', proxy.url, { timeoutMs: 60_000 });
    const call = catchRuntimeError(client.listFlows(own.signal));
    while (silent.openSockets() === 0) await delay(2);
    await delay(10); // the answer of the proxy is on its way
    own.abort();
    assert.equal((await call).kind, 'cancelled');
    while (proxy.openSockets() > 0) await delay(2);
  });

  for (const how of ['its signal', 'closing the client'] as const) {
    it(`ends its socket to a proxy that never answers by ${how}`, async () => {
      const { proxy } = await openSecure({ greeting: 'silence' });
      const client = clientFor('https://runtime.invalid', proxy.url);
      const own = new AbortController();
      const call = catchRuntimeError(client.listFlows(own.signal));
      while (proxy.openSockets() === 0) await delay(2);
      if (how === 'its signal') own.abort();
      else await client.close();
      assert.equal((await call).kind, 'cancelled');
      while (proxy.openSockets() > 0) await delay(2);
    });
  }
});
