import assert from 'node:assert/strict';
import type { UnreachableReason } from '../../../../src/core/promotion/types';
import { unreachableSentences } from '../../../../src/vscode/sentences/cellSentence';
import { localSentence, needsRestart } from '../../../../src/vscode/sentences/localSentence';
import type { LocalPlace } from '../../../../src/vscode/state/folderState';
import { assertNextStep, assertSentences } from './assertSentences';

const reasons = Object.keys(unreachableSentences) as UnreachableReason[];

describe('localSentence', () => {
  const cases: readonly (readonly [LocalPlace | undefined, readonly UnreachableReason[], RegExp])[] = [
    [undefined, [], /^$/],
    ['this-window', ['unauthorized'], /\. Stop and start the local environments: they begin with the stored one\.$/],
    [
      'another-window',
      ['unauthorized', 'no-token', 'network'],
      /\. In the window that runs it, stop and start the local environments: |^Its local environment is stopped\.$/,
    ],
    ['stopped', ['no-token', 'network'], /^Its local environment is stopped\.$/],
    [
      'another-program',
      ['no-token', 'unauthorized', 'rejected', 'unexpected-answer'],
      /^Another program uses its port, so no local environment was started there\./,
    ],
  ];
  for (const [place, own, sentence] of cases) {
    it(`says what is so where the port is that of ${place ?? 'nobody we know'}`, () => {
      for (const reason of reasons) {
        const text = localSentence(reason, place);
        assert.equal(text !== undefined, own.includes(reason), reason);
        if (text === undefined) continue;
        assert.match(text, sentence);
        assertSentences(text);
      }
    });
  }

  it('advises a restart, and no other token, where the local environment is ours', () => {
    const restarting = ([undefined, 'this-window', 'another-window', 'another-program', 'stopped'] as const).flatMap(
      (place) => reasons.filter((reason) => needsRestart(reason, place)).map((reason) => [place, reason]),
    );
    assert.deepEqual(restarting, [
      ['this-window', 'unauthorized'],
      ['another-window', 'unauthorized'],
    ]);
    assertNextStep(localSentence('no-token', 'another-program') ?? '');
  });
});
