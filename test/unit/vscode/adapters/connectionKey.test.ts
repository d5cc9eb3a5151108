import assert from 'node:assert/strict';
import type { Environment } from '../../../../src/core/registry/types';
import { connectionKey } from '../../../../src/vscode/adapters/connectionKey';
import { anEnvironment } from '../../../support/builders';

describe('the connection to an environment', () => {
  const tls = { caFile: 'a', certFile: 'b', keyFile: 'c' };
  const key = (change: Partial<Environment>): string => connectionKey(anEnvironment('dev', { tls, ...change }));

  for (const change of [
    { id: 'test' },
    { url: 'http://localhost/other' },
    { tls: { ...tls, caFile: 'd' } },
    { tls: { ...tls, certFile: 'd' } },
    { tls: { ...tls, keyFile: 'd' } },
    { tls: { caFile: 'a' } },
    { timeoutMs: 2 },
    { allowInsecure: true },
  ]) {
    it(`is another one with ${JSON.stringify(change)}`, () => {
      assert.notEqual(key(change), key({}));
    });
  }

  it('is the same whatever does not lead there', () => {
    const change = { label: 'Development', isProtected: true, isDefault: true, promotesTo: 'test' };
    assert.equal(key({ ...change, tls: { keyFile: 'c', certFile: 'b', caFile: 'a' } }), key({}));
  });
});
