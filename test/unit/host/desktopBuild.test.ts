import assert from 'node:assert/strict';
import { desktopVersion } from '../../host/desktopBuild';

describe('desktopVersion', () => {
  const version = (wanted?: string): string =>
    desktopVersion(wanted === undefined ? {} : { PIPEBASE_VSCODE_VERSION: wanted }, () => '^1.100.0');

  it('is the newest unless told otherwise', () => {
    assert.equal(version(), 'stable');
    assert.equal(version(''), 'stable');
    assert.equal(version('1.120.2'), '1.120.2');
  });

  it('takes the oldest supported one from package.json', () => {
    assert.equal(version('minimum'), '1.100.0');
  });

  it('refuses what is no version', () => {
    assert.throws(() => version('oldest'), { message: /^PIPEBASE_VSCODE_VERSION is "oldest"/ });
  });
});
