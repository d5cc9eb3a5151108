import assert from 'node:assert/strict';
import { plainText } from '../../../../src/vscode/sentences/plainText';

describe('plainText', () => {
  it('leaves neither a link nor an icon in what a file or a runtime says', () => {
    const hostile = 'see [details](command:workbench.action.terminal.new) $(pass) [x](https://example.com)';
    const plain = plainText(hostile);
    assert.doesNotMatch(plain, /\]\(|\$\(/);
    assert.equal(plain.replaceAll('\u200b', ''), hostile);
  });

  it('leaves everything else as it is', () => {
    assert.equal(plainText('Orders (EU) [v2] costs $5'), 'Orders (EU) [v2] costs $5');
  });
});
