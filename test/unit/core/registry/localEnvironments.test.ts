import assert from 'node:assert/strict';
import { localEnvironmentsIn } from '../../../../src/core/registry/localEnvironments';
import { anEnvironment } from '../../../support/builders';

describe('localEnvironmentsIn', () => {
  const ports = (...urls: readonly string[]): readonly number[] =>
    localEnvironmentsIn(urls.map((url) => anEnvironment('dev', { url }))).map(({ port }) => port);

  it('finds those at localhost and 127.0.0.1, each with its port', () => {
    assert.deepEqual(
      ports('http://localhost:8181', 'https://test.example.com', 'http://127.0.0.1:8182', 'http://LOCALHOST:8183/'),
      [8181, 8182, 8183],
    );
  });

  for (const [what, url] of [
    ['https', 'https://localhost:8181'],
    ['no port', 'http://localhost'],
    ['a path', 'http://localhost:8181/runtime'],
    ['IPv6', 'http://[::1]:8181'],
    ['another loopback address', 'http://127.0.0.2:8181'],
    ['a name under localhost', 'http://dev.localhost:8181'],
    ['another machine', 'http://runtime.example.com:8181'],
  ] as const) {
    it(`finds none at a URL with ${what}`, () => {
      assert.deepEqual(ports(url), []);
    });
  }
});
