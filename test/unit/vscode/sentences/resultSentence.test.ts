import assert from 'node:assert/strict';
import type { FailureReason, UncertainReason } from '../../../../src/core/operations/types';
import type { RuntimeErrorKind } from '../../../../src/core/ports';
import { unreachableSentences } from '../../../../src/vscode/sentences/cellSentence';
import { failureSentence, successSentence, unknownSentence } from '../../../../src/vscode/sentences/resultSentence';
import { assertNextStep, assertSentences } from './assertSentences';

const verbs = ['deploy', 'promote', 'undeploy'] as const;

const failures: readonly (readonly [FailureReason, string])[] = [
  [
    { kind: 'parameters', problems: [{ kind: 'too-large' }] },
    'Orders was not deployed to test: With its values in it the YAML is larger than 8 MiB, which no runtime takes; look at the longest values. Nothing was sent.',
  ],
  [
    { kind: 'parameters', problems: [{ kind: 'too-large', key: 'topic' }] },
    'Orders was not deployed to test: The parameter topic is larger than 8 MiB with the values that it uses, or uses too many in turn; look at its value. Nothing was sent.',
  ],
  [
    { kind: 'parameters', problems: [{ kind: 'reserved-path' }] },
    'Orders was not deployed to test: With its values in it the YAML claims a path under /_api, which belongs to the runtime itself; look at the value in that path. Nothing was sent.',
  ],
  [
    {
      kind: 'parameters',
      problems: [
        { kind: 'secret-not-stored', key: 'password' },
        { kind: 'variable-not-set', key: 'region', variable: 'AWS_REGION' },
        { kind: 'cycle', chain: ['a', 'b', 'a'] },
      ],
    },
    'Orders was not deployed to test: The secret parameter password has no value here for this environment; set it with “Set Secret Parameter…”. The parameter region comes from the environment variable AWS_REGION, which is not set; set it, and start VS Code again. Parameters use one another in a circle: a → b → a; change one of them. Nothing was sent.',
  ],
  [
    { kind: 'changed-meanwhile' },
    'Orders was not deployed to test: the flow, its parameters, pipebase.yaml or what runs there changed in the meantime. Nothing was sent; look again, then try again.',
  ],
  [
    { kind: 'log-not-written', detail: 'Error: ENOSPC' },
    'Orders was not deployed to test: the operations log cannot be written (Error: ENOSPC). Nothing was sent; mend that, then try again.',
  ],
  [
    { kind: 'runtime', error: 'rejected', status: 400, detail: 'no route' },
    'Orders was not deployed to test: the runtime rejects it (400). No route.',
  ],
  [
    { kind: 'runtime', error: 'rejected' },
    'Orders was not deployed to test: the runtime rejects it. Its log says more.',
  ],
  [
    { kind: 'runtime', error: 'server-error', status: 500 },
    'Orders was not deployed to test: the runtime answered with an error (500). Its log says more.',
  ],
  [
    { kind: 'runtime', error: 'cancelled' },
    'Orders was not deployed to test: cancelled while it was being sent; what was there before is still there.',
  ],
  [
    { kind: 'not-listed' },
    'Orders was not deployed to test: the runtime accepted it but does not list it. Its log says more.',
  ],
  [
    { kind: 'no-routes' },
    'Orders was not deployed to test: the runtime has it, but none of its routes. Its log says more.',
  ],
  [
    { kind: 'old-version-runs' },
    "Orders was not deployed to test: the runtime answered, but the earlier version still runs there. Refresh; if it stays so, the runtime's log says more.",
  ],
  [
    { kind: 'still-listed' },
    "Orders was not deployed to test: the runtime answered, but still lists it. Refresh; if it stays so, the runtime's log says more.",
  ],
];

const uncertain: readonly (readonly [UncertainReason, string])[] = [
  [
    { kind: 'cannot-read', error: 'network' },
    'Sending Orders to test: it is not known whether it happened, because test could not be read afterwards. Refresh when it answers again.',
  ],
  [
    { kind: 'no-hash' },
    'Sending Orders to test: the runtime lists it, but gives no hash to confirm the version with. Look at the runtime to be sure.',
  ],
  [
    { kind: 'may-still-arrive', found: 'old-version-runs' },
    'Sending Orders to test: the answer was lost, and when read right after, the earlier version still ran. It may still arrive; refresh to see.',
  ],
  [
    { kind: 'may-still-arrive', found: 'not-listed' },
    'Sending Orders to test: the answer was lost, and when read right after, it was not listed. It may still arrive; refresh to see.',
  ],
  [
    { kind: 'not-comparable' },
    "Sending Orders to test: the runtime lists it with a hash that does not confirm this version. Refresh, and look at the runtime's log.",
  ],
  [
    { kind: 'other-write' },
    'Sending Orders to test: it is there, but another window sent it at the same time, and whose parameters came last is not known. To be sure, deploy again.',
  ],
];

describe('resultSentence', () => {
  it('says what was done, to what', () => {
    assert.equal(successSentence('deploy', 'Orders', 'test'), 'Deployed Orders to test: in sync.');
    assert.equal(
      successSentence('promote', 'Orders', 'test', { from: 'dev' }),
      'Promoted Orders from dev to test: in sync.',
    );
    assert.equal(successSentence('undeploy', 'Orders', 'test'), 'Undeployed Orders from test. The file is kept.');
    assert.equal(successSentence('undeploy', 'Orders', 'test', { hasFile: false }), 'Undeployed Orders from test.');
  });

  for (const [reason, expected] of failures) {
    it(`says what failed: ${expected.slice('Orders was not deployed to test: '.length)}`, () => {
      assert.equal(failureSentence('deploy', 'Orders', 'test', reason), expected);
    });
  }

  for (const [reason, expected] of uncertain) {
    it(`says what nobody knows: ${reason.kind}`, () => {
      assert.equal(unknownSentence('deploy', 'Orders', 'test', reason), expected);
    });
  }

  it('names the verb', () => {
    const reason = { kind: 'still-listed' } as const;
    assert.match(failureSentence('undeploy', 'Orders', 'test', reason), /^Orders was not undeployed from test: /);
    assert.match(failureSentence('promote', 'Orders', 'test', reason), /^Orders was not promoted to test: /);
    assert.match(unknownSentence('undeploy', 'Orders', 'test', { kind: 'no-hash' }), /^Undeploying Orders from test: /);
  });

  it('is whole for every outcome there is, whatever words the runtime adds', () => {
    const kinds = [...Object.keys(unreachableSentences), 'cancelled'] as RuntimeErrorKind[];
    const runtime = kinds.flatMap((error) =>
      [undefined, 'bad  thing', 'Bad thing.\n'].map((detail) => ({
        ...({ kind: 'runtime', error, status: 418 } as const),
        ...(detail === undefined ? {} : { detail }),
      })),
    );
    for (const verb of verbs) {
      assertSentences(successSentence(verb, 'Orders', 'test'));
      for (const reason of [...failures.map(([each]) => each), ...runtime]) {
        const sentence = failureSentence(verb, 'Orders', 'test', reason);
        assertSentences(sentence);
        // what a rejection says of itself is what to do about it, and a cancelled one needs nothing
        const isEnough = reason.kind === 'runtime' && ['rejected', 'cancelled'].includes(reason.error);
        if (!isEnough) assertNextStep(sentence);
      }
      for (const [reason] of uncertain) {
        assertSentences(unknownSentence(verb, 'Orders', 'test', reason));
        assertNextStep(unknownSentence(verb, 'Orders', 'test', reason));
      }
    }
  });
});
