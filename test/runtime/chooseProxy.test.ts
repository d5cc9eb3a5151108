import assert from 'node:assert/strict';
import { chooseProxy } from '../../src/runtime/chooseProxy';

const proxy = 'http://proxy.example.com:3128';
const target = 'https://runtime.example.com';

describe('the proxy for a runtime', () => {
  it('is none where nobody names one', () => {
    assert.equal(chooseProxy(target, {}, {}), undefined);
    assert.equal(chooseProxy(target, { url: ' ' }, { HTTPS_PROXY: '' }), undefined);
  });

  it('is the setting before the environment variables', () => {
    const chosen = chooseProxy(target, { url: proxy, authorization: 'Basic eA==' }, { HTTPS_PROXY: 'http://other' });
    assert.deepEqual(chosen, { url: proxy, authorization: 'Basic eA==', strictSSL: true });
  });

  it('has the credentials of its address, unless the setting for them says otherwise', () => {
    const url = proxy.replace('//', '//m%65:p%40ss@');
    const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    const chosen = (authorization?: string) =>
      chooseProxy(target, { url, ...(authorization === undefined ? {} : { authorization }) }, {});
    assert.deepEqual(chosen(), { url: proxy, authorization: basic, strictSSL: true });
    assert.deepEqual(chosen(''), chosen());
    assert.equal(chosen('Basic eA==')?.authorization, 'Basic eA==');
    const socks = chooseProxy(target, { url: url.replace('http', 'socks5'), authorization: 'Basic eA==' }, {});
    const credentials = { username: 'me', password: 'p@ss' };
    assert.deepEqual(socks, { url: proxy.replace('http', 'socks5'), credentials, strictSSL: true });
  });

  for (const [written, meant] of [
    [':pa55word', ':pa55word'],
    ['user:', 'user:'],
    ['user:p%zz', 'user:p%zz'],
    ['us%65r:p%e4%zz', 'user:p%e4%zz'],
  ] as const) {
    it(`has the credentials ${written}, and shows them to nobody`, () => {
      const authorization = `Basic ${Buffer.from(meant).toString('base64')}`;
      const chosen = chooseProxy(target, { url: proxy.replace('//', `//${written}@`) }, {});
      assert.deepEqual(chosen, { url: proxy, authorization, strictSSL: true });
    });
  }

  it('follows the scheme of the target among the variables', () => {
    const variables = { HTTPS_PROXY: 'http://secure', http_proxy: 'plain:8080', ALL_PROXY: 'http://all' };
    assert.equal(chooseProxy(target, {}, variables)?.url, 'http://secure');
    assert.equal(chooseProxy('http://runtime.example.com', {}, variables)?.url, 'http://plain:8080');
  });

  for (const [scheme, own] of [
    ['https', 'HTTPS_PROXY'],
    ['http', 'HTTP_PROXY'],
  ] as const) {
    it(`is that of the first of its variables in this order: ${own} in lower case, ${own}, all_proxy, ALL_PROXY`, () => {
      const names = [own.toLowerCase(), own, 'all_proxy', 'ALL_PROXY'];
      names.forEach((first, index) => {
        const variables = Object.fromEntries(names.slice(index).map((name, place) => [name, `http://at-${place}`]));
        assert.equal(chooseProxy(`${scheme}://runtime.example.com`, {}, variables)?.url, 'http://at-0', first);
      });
    });
  }

  for (const entry of ['*', 'runtime.example.com', 'example.com', '.example.com', '*.example.com', 'EXAMPLE.com:443']) {
    it(`is none for a host that "${entry}" excludes, in the setting and in the variable`, () => {
      assert.equal(chooseProxy(target, { url: proxy, noProxy: ['x', entry] }, {}), undefined);
      assert.equal(chooseProxy(target, { url: proxy }, { NO_PROXY: `x, ${entry}` }), undefined);
      assert.equal(chooseProxy(target, { url: proxy }, { no_proxy: `x ${entry}`, NO_PROXY: 'y' }), undefined);
    });
  }

  for (const entry of ['ample.com', 'example.com:8443', 'runtime.example.com.evil.org', 'other.example.com']) {
    it(`stays where "${entry}" excludes another host`, () => {
      assert.equal(chooseProxy(target, { url: proxy, noProxy: [entry] }, {})?.url, proxy);
    });
  }

  it('knows addresses of version 6 in the list', () => {
    for (const entry of ['2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:443']) {
      assert.equal(chooseProxy('https://[2001:db8::1]', { url: proxy, noProxy: [entry] }, {}), undefined, entry);
    }
  });

  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
    it(`is none for ${host} unless told`, () => {
      assert.equal(chooseProxy(`http://${host}:8181`, { url: proxy }, { http_proxy: proxy }), undefined);
      assert.equal(chooseProxy(`http://${host}:8181`, { url: proxy, coversLoopback: true }, {})?.url, proxy);
    });
  }
});
