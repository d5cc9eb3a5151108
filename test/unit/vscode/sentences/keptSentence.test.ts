import assert from 'node:assert/strict';
import { keptSentence } from '../../../../src/vscode/sentences/keptSentence';

describe('keptSentence', () => {
  it('confirms what is stored, and says what is missing where it could not be', () => {
    const sentence = (isKept: boolean): string => keptSentence(isKept, 'deploy token of dev', 'It is sent there only.');
    assert.equal(sentence(true), 'The deploy token of dev is stored. It is sent there only.');
    assert.equal(
      sentence(false),
      'VS Code could not keep the deploy token of dev; its secret storage needs a keyring that works.',
    );
  });
});
