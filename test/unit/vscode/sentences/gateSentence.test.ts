import assert from 'node:assert/strict';
import type { GateReason } from '../../../../src/core/promotion/gate';
import type { UnreachableReason } from '../../../../src/core/promotion/types';
import { startOfFile } from '../../../../src/core/source';
import { unreachableSentences } from '../../../../src/vscode/sentences/cellSentence';
import { gateSentence } from '../../../../src/vscode/sentences/gateSentence';
import { assertSentences } from './assertSentences';

const label = (id: string): string => ({ dev: 'Development', prod: 'Production' })[id] ?? id;
const fault = {
  severity: 'error',
  code: 'x',
  message: 'No route.',
  file: 'file:///w/a%20b.yaml',
  range: startOfFile,
} as const;

const cases: readonly (readonly [GateReason, string])[] = [
  [
    { kind: 'restricted' },
    'This workspace is in Restricted Mode: nothing is sent to a runtime. Trust the workspace first.',
  ],
  [{ kind: 'no-such-environment', environment: 'qa' }, 'pipebase.yaml has no usable environment qa.'],
  [{ kind: 'no-such-flow' }, 'The workspace has no flow Orders.'],
  [
    { kind: 'illegal-id' },
    "Orders cannot be deployed: a flow's id may hold letters, digits, dot, underscore and hyphen only, at most 128. Rename the file.",
  ],
  [
    { kind: 'duplicate-id' },
    'Orders cannot be deployed: another file has the same flow id. Rename one of them, or leave it out with flows.exclude in pipebase.yaml.',
  ],
  [{ kind: 'faulty-flow', fault }, 'Orders cannot be deployed: No route. See a b.yaml, line 1.'],
  [
    { kind: 'faulty-flow', fault: undefined },
    'Orders cannot be deployed: its YAML has a fault. See the Problems panel.',
  ],
  [{ kind: 'not-read', environment: 'dev' }, 'Development has not been read yet. Refresh, then try again.'],
  [
    { kind: 'unreachable', environment: 'prod', reason: 'unauthorized' },
    'Production cannot be used now. It does not accept the deploy token. Set the token that the runtime was started with.',
  ],
  [
    { kind: 'busy', environment: 'dev', action: 'promote' },
    'A promotion of Orders is under way in Development. Wait until it has ended.',
  ],
  [
    { kind: 'busy', environment: 'dev', action: 'undeploy' },
    'An undeploy of Orders is under way in Development. Wait until it has ended.',
  ],
  [
    { kind: 'no-target', environment: 'prod' },
    'Production promotes to no environment. Set promotesTo in pipebase.yaml.',
  ],
  [
    { kind: 'on-cycle', chain: ['dev', 'test', 'dev'] },
    'Promotion is switched off here: promotesTo runs in a circle (dev → test → dev). Mend pipebase.yaml.',
  ],
  [
    { kind: 'not-in-sync', environment: 'dev', cell: { state: 'not-deployed' } },
    'Orders is not deployed in Development; it can be promoted only from where it is in sync. Deploy it to Development first.',
  ],
  [
    { kind: 'not-in-sync', environment: 'dev', cell: { state: 'stale', reason: 'parameters' } },
    'Orders is stale in Development; it can be promoted only from where it is in sync. Parameters have changed since the last deploy. Deploy it to Development first.',
  ],
  [
    { kind: 'not-in-sync', environment: 'dev', cell: { state: 'unknown', reason: 'no-hash' } },
    'Orders is unknown in Development; it can be promoted only from where it is in sync. Deployed, but the runtime gives no hash to compare with. Deploy it to Development first.',
  ],
  [{ kind: 'target-in-sync', environment: 'prod' }, 'Orders is in sync in Production already.'],
  [{ kind: 'not-deployed', environment: 'dev' }, 'Orders is not deployed in Development.'],
];

describe('gateSentence', () => {
  for (const [reason, expected] of cases) {
    it(`says why: ${expected.slice(0, 60)}`, () => {
      assert.equal(gateSentence(reason, 'Orders', label), expected);
      assertSentences(expected);
    });
  }

  for (const reason of Object.keys(unreachableSentences) as UnreachableReason[]) {
    it(`is a whole sentence for an environment that is unreachable: ${reason}`, () => {
      assertSentences(gateSentence({ kind: 'unreachable', environment: 'dev', reason }, 'Orders', label));
    });
  }
});
