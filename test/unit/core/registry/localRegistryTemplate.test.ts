import assert from 'node:assert/strict';
import { localRegistryTemplate } from '../../../../src/core/registry/localRegistryTemplate';
import { parseRegistry } from '../../../../src/core/registry/parseRegistry';

describe('localRegistryTemplate', () => {
  it('is a registry without a fault that says what was asked for', () => {
    const text = localRegistryTemplate([
      { id: 'dev', url: 'http://localhost:8181', promotesTo: 'test' },
      { id: 'test', url: 'http://localhost:8182', promotesTo: 'prod' },
      { id: 'prod', url: 'http://localhost:8183' },
    ]);
    const { environments, faults } = parseRegistry(text, 'f');
    assert.deepEqual(faults, []);
    assert.deepEqual(
      environments.map(({ id, url, promotesTo, isDefault, isProtected }) => [
        id,
        url,
        promotesTo,
        isDefault,
        isProtected,
      ]),
      [
        ['dev', 'http://localhost:8181', 'test', true, false],
        ['test', 'http://localhost:8182', 'prod', false, false],
        ['prod', 'http://localhost:8183', undefined, false, true],
      ],
    );
    assert.ok(text.startsWith('#'));
  });

  it('quotes what would not be the same text without', () => {
    const [first] = parseRegistry(localRegistryTemplate([{ id: 'yes', url: 'http://[::1]:8181' }]), 'f').environments;
    assert.deepEqual([first?.id, first?.url], ['yes', 'http://[::1]:8181']);
    assert.ok(localRegistryTemplate([{ id: 'yes', url: 'https://x' }]).includes('"yes":'));
  });
});
