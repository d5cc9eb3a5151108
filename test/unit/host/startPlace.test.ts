import assert from 'node:assert/strict';
import { startSettings } from '../../host/startPlace';

describe('startSettings', () => {
  it('keep VS Code from offering the ports of local environments as pages', () => {
    assert.equal(startSettings['remote.autoForwardPorts'], false);
  });
});
