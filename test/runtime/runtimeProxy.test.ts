import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { ProxySettings } from '../../src/runtime/runtimeClient';
import { cellSentence } from '../../src/vscode/sentences/cellSentence';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { startFaultyRuntime } from '../support/faultyRuntime';
import { answer, refusingUrl, startMisbehavingRuntime, type Misbehaviour } from '../support/misbehavingRuntime';
import { Cleanup, openClient, testToken } from '../support/openClient';
import { startProxy } from '../support/startProxy';
import { startTlsRuntime } from '../support/startTlsRuntime';
import {
  authorityCertificate,
  clientCertificate,
  expiredCertificate,
  signedCertificate,
  testKey,
} from '../support/testCertificates';

const authorization = 'Basic cHJveHk6cGFzcw==';
const tls = { ca: [authorityCertificate] };
const signed = { key: testKey, cert: signedCertificate };

describe('a runtime behind a proxy', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function openRuntime() {
    const runtime = cleanup.add(await startMisbehavingRuntime(answer(200, [])));
    return { runtime, port: Number(new URL(runtime.url).port) };
  }
  const plain = (proxy: ProxySettings) =>
    cleanup.add(openClient('http://runtime.invalid:81/base', { allowInsecure: true, proxy }));
  const secure = (proxy: ProxySettings) => cleanup.add(openClient('https://runtime.invalid', { proxy, tls }));

  describe('over plain http', () => {
    it('is asked by the proxy, which forwards the request and keeps what is meant for itself', async () => {
      const { runtime, port } = await openRuntime();
      const proxy = cleanup.add(await startProxy(port, { authorization }));
      assert.deepEqual(await plain({ url: proxy.url, authorization }).listFlows(), []);
      assert.deepEqual(
        proxy.forwarded.map(({ target }) => target),
        ['http://runtime.invalid:81/base/_api/flows'],
      );
      assert.deepEqual(proxy.tunnels, []);
      const [call] = runtime.calls;
      assert.deepEqual([call?.path, call?.headers.host], ['/base/_api/flows', 'runtime.invalid:81']);
      assert.equal(call?.headers.authorization, `Bearer ${testToken}`);
      assert.equal(call.headers['proxy-authorization'], undefined);
    });

    it('gets nothing where the proxy wants credentials, and the setting is named', async () => {
      const { runtime, port } = await openRuntime();
      const proxy = cleanup.add(await startProxy(port, { authorization }));
      const error = await catchRuntimeError(plain({ url: proxy.url }).putFlow('orders', { yaml: '' }));
      assert.deepEqual([error.kind, error.isOutcomeUnknown], ['proxy', false]);
      assert.match(error.detail ?? '', /wants credentials.*\(407\)\. Set http\.proxyAuthorization\.$/);
      assert.deepEqual(runtime.calls, []);
    });
  });

  for (const [from, settings] of [
    ['its address', (url: string) => ({ url: url.replace('//', '//proxy:pa55word@') })],
    ['the setting', (url: string) => ({ url, authorization: `Basic ${btoa('proxy:pa55word')}` })],
    ['the setting, of another kind', (url: string) => ({ url, authorization: 'Bearer pa55word' })],
  ] as const) {
    it(`shows nobody the credentials from ${from} where the proxy repeats them`, async () => {
      const echo: Misbehaviour = (request, response) => {
        const { authorization = '', 'proxy-authorization': own = '' } = request.headers;
        const [, code = ''] = own.split(' ');
        const words = [authorization, own, Buffer.from(code, 'base64').toString(), 'pa55word'];
        response.writeHead(403).end(`not for ${words.join(', ')}`);
      };
      const proxy = cleanup.add(await startMisbehavingRuntime(echo));
      for (const call of [plain(settings(proxy.url)).listFlows(), plain(settings(proxy.url)).health()]) {
        const error = await catchRuntimeError(call);
        assert.deepEqual([error.kind, error.status], ['unauthorized', 403]);
        assert.match(error.detail ?? '', /^not for/);
        assert.doesNotMatch(inspect(error, { depth: 9 }), /pa55|cHJveHk6|s3cret/);
      }
      assert.equal(proxy.calls.length, 2);
    });
  }

  describe('over TLS', () => {
    async function openSecure() {
      return cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    }

    it('is reached by a tunnel, with the name of its host left to the proxy, which sees nothing else', async () => {
      const { port } = await openSecure();
      const proxy = cleanup.add(await startProxy(port, { authorization }));
      assert.deepEqual(await secure({ url: proxy.url, authorization }).listFlows(), []);
      assert.equal(proxy.tunnels[0]?.target, 'runtime.invalid:443');
      assert.equal(proxy.tunnels[0].headers['proxy-authorization'], authorization);
      assert.equal(proxy.tunnels[0].headers.authorization, undefined);
      assert.deepEqual(proxy.forwarded, []);
    });

    for (const credentials of ['proxy:pass', ':pa55word', 'proxy:p%zz']) {
      it(`is reached with the credentials in the address of the proxy: ${credentials}`, async () => {
        const { port } = await openSecure();
        const basic = `Basic ${Buffer.from(credentials).toString('base64')}`;
        const proxy = cleanup.add(await startProxy(port, { authorization: basic }));
        assert.deepEqual(await secure({ url: proxy.url.replace('//', `//${credentials}@`) }).listFlows(), []);
      });
    }

    it('gets nothing where the proxy does not take a password without a user, which is shown to nobody', async () => {
      const { port } = await openSecure();
      const proxy = cleanup.add(await startProxy(port, { authorization }));
      const error = await catchRuntimeError(secure({ url: proxy.url.replace('//', '//:pa55word@') }).listFlows());
      assert.equal(error.kind, 'proxy');
      assert.doesNotMatch(inspect(error, { depth: 9 }), /pa55word|cGE1NXdvcmQ/);
    });

    for (const [refusal, detail] of [
      ['407 Proxy Authentication Required', /wants credentials.*\(407\)\. Set http\.proxyAuthorization\.$/],
      ['403 Forbidden', /answers 403 when asked for a connection/],
      ['502 Bad Gateway', /answers 502 when asked for a connection/],
    ] as const) {
      it(`gets nothing where the proxy answers ${refusal}`, async () => {
        const { port, requests } = await openSecure();
        const proxy = cleanup.add(await startProxy(port, { refusal }));
        const client = secure({ url: proxy.url.replace('//', '//proxy:pass@') });
        const error = await catchRuntimeError(client.putFlow('orders', { yaml: '' }));
        assert.deepEqual([error.kind, error.isOutcomeUnknown], ['proxy', false]);
        assert.match(error.detail ?? '', detail);
        assert.match(
          cellSentence({ state: 'unreachable', reason: 'proxy', detail: error.detail ?? '' }),
          /http\.proxy/,
        );
        assert.doesNotMatch(inspect(error, { depth: 9 }), /proxy:pass|cHJveHk6cGFzcw/);
        assert.equal(requests(), 0);
        while (proxy.openTunnels() > 0) await delay(2);
      });
    }

    it('is asked for by its port', async () => {
      const { port } = await openSecure();
      const proxy = cleanup.add(await startProxy(port));
      await cleanup.add(openClient('https://runtime.invalid:8443', { proxy: { url: proxy.url }, tls })).listFlows();
      assert.equal(proxy.tunnels[0]?.target, 'runtime.invalid:8443');
    });

    it('ends its socket when the call is cancelled before TLS is spoken inside', async () => {
      const silent = cleanup.add(await startFaultyRuntime({ call: 'list', connections: 'silent' }));
      await silent.break();
      const proxy = cleanup.add(await startProxy(Number(new URL(silent.url).port)));
      const own = new AbortController();
      const options = { proxy: { url: proxy.url }, timeoutMs: 60_000 };
      const client = cleanup.add(openClient('https://runtime.invalid', options));
      const call = catchRuntimeError(client.listFlows(own.signal));
      while (silent.openSockets() === 0) await delay(2);
      await delay(10); // the answer of the proxy is on its way
      own.abort();
      assert.equal((await call).kind, 'cancelled');
      while (proxy.openTunnels() > 0) await delay(2);
    });

    it('has its own certificate checked, whatever is said of the proxy’s', async () => {
      const { port } = await openSecure();
      const proxy = cleanup.add(await startProxy(port));
      const options = { proxy: { url: proxy.url, strictSSL: false } };
      const error = await catchRuntimeError(cleanup.add(openClient('https://runtime.invalid', options)).listFlows());
      assert.equal(error.kind, 'tls');
      assert.match(error.detail ?? '', /tls\.caFile/);
    });

    it('is not waited for where the proxy never opens the tunnel, and no socket stays', async () => {
      const { port } = await openSecure();
      const proxy = cleanup.add(await startProxy(port, { isSilent: true }));
      const client = cleanup.add(openClient('https://runtime.invalid', { proxy: { url: proxy.url }, timeoutMs: 50 }));
      assert.equal((await catchRuntimeError(client.listFlows())).kind, 'timeout');
      while (proxy.openTunnels() > 0) await delay(2);
    });

    it('ends its socket to the proxy when the call is cancelled before the tunnel is open', async () => {
      const { port } = await openSecure();
      const proxy = cleanup.add(await startProxy(port, { isSilent: true }));
      const own = new AbortController();
      const call = catchRuntimeError(secure({ url: proxy.url }).listFlows(own.signal));
      while (proxy.tunnels.length === 0) await delay(2);
      own.abort();
      assert.equal((await call).kind, 'cancelled');
      while (proxy.openTunnels() > 0) await delay(2);
    });
  });

  describe('that speaks TLS itself', () => {
    it('is reached through one whose certificate is trusted', async () => {
      const { port } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
      const proxy = cleanup.add(await startProxy(port, { tls: signed }));
      assert.deepEqual(await secure({ url: proxy.url }).listFlows(), []);
      assert.equal(proxy.tunnels.length, 1);
    });

    it('is shown the client certificate, and the proxy is not', async () => {
      const wanting = { cert: signedCertificate, ca: authorityCertificate, requestCert: true };
      const { port, requests } = cleanup.add(await startTlsRuntime(wanting));
      const proxy = cleanup.add(await startProxy(port, { tls: signed }));
      const own = { ...tls, cert: clientCertificate, key: testKey };
      const options = { proxy: { url: proxy.url }, tls: own };
      assert.deepEqual(await cleanup.add(openClient('https://runtime.invalid', options)).listFlows(), []);
      assert.deepEqual([requests(), proxy.tunnels.length, proxy.shownCertificates()], [1, 1, 0]);
    });

    for (const cert of [signedCertificate, expiredCertificate]) {
      it('is not reached through one whose certificate is not; the settings are named', async () => {
        const proxy = cleanup.add(await startProxy(1, { tls: { key: testKey, cert } }));
        const client = cleanup.add(openClient('https://runtime.invalid', { proxy: { url: proxy.url } }));
        const error = await catchRuntimeError(client.listFlows());
        assert.equal(error.kind, 'proxy');
        assert.match(error.detail ?? '', /certificate of https:.* is not accepted.*http\.proxyStrictSSL/);
        assert.deepEqual(proxy.tunnels, []);
      });
    }

    it('is reached through any where http.proxyStrictSSL is off', async () => {
      const { port } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
      const proxy = cleanup.add(await startProxy(port, { tls: { key: testKey, cert: expiredCertificate } }));
      assert.deepEqual(await secure({ url: proxy.url, strictSSL: false }).listFlows(), []);
    });
  });

  it('is reached past it on this machine, unless told', async () => {
    const { runtime, port } = await openRuntime();
    const proxy = cleanup.add(await startProxy(port));
    await cleanup.add(openClient(runtime.url, { proxy: { url: proxy.url } })).listFlows();
    assert.equal(proxy.forwarded.length, 0);
    await cleanup.add(openClient(runtime.url, { proxy: { url: proxy.url, coversLoopback: true } })).listFlows();
    assert.equal(proxy.forwarded.length, 1);
  });

  it('is reached past it where its host is named in http.noProxy', async () => {
    const proxy = cleanup.add(await startProxy(1));
    const error = await catchRuntimeError(plain({ url: proxy.url, noProxy: ['runtime.invalid'] }).listFlows());
    assert.equal(error.kind, 'network');
    assert.deepEqual(proxy.forwarded, []);
  });

  function setVariable(name: string, value: string): void {
    const before = process.env[name];
    process.env[name] = value;
    cleanup.after(() => {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an empty variable is there still
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }

  it('is reached by the proxy that a variable of the environment names, and past it where another says so', async () => {
    const { port } = await openRuntime();
    const proxy = cleanup.add(await startProxy(port));
    setVariable('http_proxy', proxy.url);
    assert.deepEqual(await plain({}).listFlows(), []);
    setVariable('no_proxy', 'runtime.invalid');
    assert.equal((await catchRuntimeError(plain({}).listFlows())).kind, 'network');
    assert.equal(proxy.forwarded.length, 1);
  });

  it('is reached over TLS by the proxy that HTTPS_PROXY names', async () => {
    const { port } = cleanup.add(await startTlsRuntime({ cert: signedCertificate }));
    const proxy = cleanup.add(await startProxy(port));
    setVariable('https_proxy', '');
    setVariable('HTTPS_PROXY', proxy.url);
    assert.deepEqual(await secure({}).listFlows(), []);
    assert.equal(proxy.tunnels.length, 1);
  });

  it('got nothing when the proxy is not there', async () => {
    const url = await refusingUrl();
    for (const client of [plain({ url }), secure({ url })]) {
      const error = await catchRuntimeError(client.putFlow('orders', { yaml: '' }));
      assert.deepEqual([error.kind, error.isOutcomeUnknown], ['proxy', false]);
      assert.match(error.detail ?? '', /cannot be used: nothing listens there/);
    }
  });

  for (const url of ['http://', 'gopher://proxy', 'http://user:pa55@', '%%%']) {
    it(`is not asked past a proxy setting that is none: ${url}`, async () => {
      const error = await catchRuntimeError(plain({ url }).listFlows());
      assert.equal(error.kind, 'proxy');
      assert.doesNotMatch(error.message, /pa55/);
    });
  }
});
