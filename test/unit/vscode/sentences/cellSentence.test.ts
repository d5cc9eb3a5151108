import assert from 'node:assert/strict';
import type { CellState, UnreachableReason } from '../../../../src/core/promotion/types';
import { cellSentence, unreachableSentences } from '../../../../src/vscode/sentences/cellSentence';
import { assertNextStep, assertSentences } from './assertSentences';

const cases: readonly (readonly [CellState, string])[] = [
  [{ state: 'in-sync', by: 'hash' }, ''],
  [{ state: 'in-sync', by: 'record' }, ''],
  [{ state: 'not-deployed' }, ''],
  [{ state: 'unknown', reason: 'not-read' }, ''],
  [{ state: 'stale', reason: 'yaml' }, 'The YAML here differs from what runs there.'],
  [{ state: 'stale', reason: 'parameters' }, 'Parameters have changed since the last deploy.'],
  [{ state: 'stale', reason: 'remote' }, 'Someone else deployed another version since.'],
  [{ state: 'stale', reason: 'both' }, 'The YAML here has changed, and someone else deployed another version.'],
  [{ state: 'unknown', reason: 'no-hash' }, 'Deployed, but the runtime gives no hash to compare with.'],
  [{ state: 'unknown', reason: 'hash-not-recognised' }, 'Deployed, but its hash is of a kind that cannot be compared.'],
  [{ state: 'unknown', reason: 'not-in-workspace' }, 'Deployed there; this workspace has no such flow.'],
  [
    { state: 'unknown', reason: 'write-outcome' },
    'Whether the last change arrived could not be read. Deploy again to be sure.',
  ],
  [
    { state: 'unknown', reason: 'write-outcome-unread', unreachable: 'no-token' },
    'Whether the last change arrived is not known, and cannot be read now. No deploy token is stored here. Set it to see what runs.',
  ],
  [
    { state: 'unreachable', reason: 'tls' },
    'There is no secure connection to it. Check its url and tls in pipebase.yaml.',
  ],
  [
    { state: 'unreachable', reason: 'tls', detail: 'Its certificate has expired' },
    'There is no secure connection to it. Check its url and tls in pipebase.yaml. Its certificate has expired.',
  ],
  [
    { state: 'unreachable', reason: 'server-error', detail: 'Out of\n  memory!' },
    'The runtime answers with an error of its own. Its log says more. Out of memory!',
  ],
];

describe('cellSentence', () => {
  for (const [cell, expected] of cases) {
    it(`says of ${JSON.stringify(cell)}: ${expected || 'nothing'}`, () => {
      assert.equal(cellSentence(cell), expected);
      if (expected !== '') assertSentences(expected);
    });
  }

  for (const reason of Object.keys(unreachableSentences) as UnreachableReason[]) {
    it(`is whole for ${reason}, whatever words the runtime adds`, () => {
      assertSentences(cellSentence({ state: 'unreachable', reason }));
      assertNextStep(cellSentence({ state: 'unreachable', reason }));
      for (const detail of ['connect ECONNREFUSED 127.0.0.1:1', ' spaced  out\n', 'Done.', '']) {
        assertSentences(cellSentence({ state: 'unreachable', reason, detail }));
      }
    });
  }
});
