import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { catchRuntimeError } from '../../support/catchRuntimeError';
import { answer, refusingUrl, startMisbehavingRuntime } from '../../support/misbehavingRuntime';
import { Cleanup, openClient, testToken } from '../../support/openClient';
import { startProxy } from '../../support/startProxy';
import { localhostCertificate, testKey } from '../../support/testCertificates';

describe('a runtime behind a proxy', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function openRuntime() {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    return { runtime, port: Number(new URL(runtime.url).port) };
  }

  it('is reached through it, with the name of its host left to the proxy', async () => {
    const { runtime, port } = await openRuntime();
    const proxy = cleanup.add(await startProxy(port));
    const settings = { url: proxy.url, authorization: 'Basic cHJveHk6cGFzcw==' };
    const client = cleanup.add(openClient('http://runtime.invalid', { allowInsecure: true, proxy: settings }));
    assert.deepEqual(await client.listFlows(), []);
    assert.equal(proxy.tunnels[0]?.target, 'runtime.invalid:80');
    assert.equal(proxy.tunnels[0].headers['proxy-authorization'], settings.authorization);
    assert.equal(proxy.tunnels[0].headers.authorization, undefined);
    assert.equal(runtime.calls[0]?.headers.authorization, `Bearer ${testToken}`);
    assert.equal(runtime.calls[0].headers['proxy-authorization'], undefined);
  });

  it('shows the proxy nothing but its address over TLS', async () => {
    const server = createServer({ key: testKey, cert: localhostCertificate }, (_request, response) =>
      response.end('[]'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanup.after(() => {
      server.close().closeAllConnections();
    });
    const proxy = cleanup.add(await startProxy((server.address() as AddressInfo).port));
    const tls = { ca: [localhostCertificate] };
    const trusting = openClient('https://runtime.invalid', { proxy: { url: proxy.url }, tls });
    assert.deepEqual(await cleanup.add(trusting).listFlows(), []);
    // not to check the proxy's certificate says nothing about the runtime's
    const careless = openClient('https://runtime.invalid', { proxy: { url: proxy.url, strictSSL: false } });
    assert.equal((await catchRuntimeError(cleanup.add(careless).listFlows())).kind, 'tls');
  });

  it('is reached past it on this machine, unless told', async () => {
    const { runtime, port } = await openRuntime();
    const proxy = cleanup.add(await startProxy(port));
    await cleanup.add(openClient(runtime.url, { proxy: { url: proxy.url } })).listFlows();
    assert.equal(proxy.tunnels.length, 0);
    await cleanup.add(openClient(runtime.url, { proxy: { url: proxy.url, coversLoopback: true } })).listFlows();
    assert.equal(proxy.tunnels.length, 1);
  });

  it('got nothing when the proxy refuses or is not there', async () => {
    const { runtime, port } = await openRuntime();
    const refusing = cleanup.add(await startProxy(port, '407 Proxy Authentication Required'));
    for (const url of [refusing.url, await refusingUrl()]) {
      const client = cleanup.add(openClient('http://runtime.invalid', { allowInsecure: true, proxy: { url } }));
      const error = await catchRuntimeError(client.putFlow('orders', { yaml: '' }));
      assert.deepEqual([error.kind, error.isOutcomeUnknown], ['network', false]);
      assert.match(error.detail ?? '', /407|refused/);
    }
    assert.deepEqual(runtime.calls, []);
  });

  for (const url of ['http://', 'gopher://proxy', 'http://user:pa55@', '%%%']) {
    it(`is not asked past a proxy setting that is none: ${url}`, async () => {
      const options = { allowInsecure: true, timeoutMs: 200, proxy: { url } };
      const error = await catchRuntimeError(cleanup.add(openClient('http://runtime.invalid', options)).listFlows());
      assert.equal(error.kind, 'network');
      assert.doesNotMatch(error.message, /pa55/);
    });
  }
});
