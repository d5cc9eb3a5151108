import assert from 'node:assert/strict';
import { join } from 'node:path';
import { cacheFolder } from '../../host/cacheFolder';

describe('cacheFolder', () => {
  it('follows the XDG specification, in which an empty value counts for none', () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/c' }, '/home/a'), join('/c', 'pipebase-vscode'));
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '' }, '/home/a'), join('/home/a', '.cache', 'pipebase-vscode'));
    assert.equal(cacheFolder({}, '/home/a'), join('/home/a', '.cache', 'pipebase-vscode'));
  });
});
