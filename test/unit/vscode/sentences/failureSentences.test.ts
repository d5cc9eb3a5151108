import assert from 'node:assert/strict';
import { failureSentences } from '../../../../src/vscode/sentences/failureSentences';
import { assertSentences } from './assertSentences';

describe('failureSentences', () => {
  it('gives each that failed a sentence, whatever its reason ends with', () => {
    const said = failureSentences([
      ['dev', 'It runs in another window.'],
      ['test', "EACCES: permission denied, rmdir '/x'"],
    ]);
    assert.equal(said, "dev: It runs in another window. test: EACCES: permission denied, rmdir '/x'.");
    assertSentences(said);
  });
});
