import assert from 'node:assert/strict';
import type { OperationPlan, PlanWarning } from '../../../../src/core/operations/types';
import { confirmation } from '../../../../src/vscode/sentences/confirmation';
import { anEnvironment } from '../../../support/builders';
import { assertSentences } from './assertSentences';

const prod = anEnvironment('prod', { label: 'Production', url: 'https://runtime.example.com', isProtected: true });

function plan(change: Partial<OperationPlan> = {}): OperationPlan {
  return {
    operation: { kind: 'deploy', environment: 'prod' },
    flowId: 'orders',
    flowName: 'Orders',
    target: prod,
    before: { state: 'not-deployed' },
    parameterNames: [],
    warnings: [],
    needsConfirmation: true,
    ...change,
  };
}

const warnings: readonly PlanWarning[] = [
  { kind: 'missing-parameters', keys: ['topic'] },
  { kind: 'missing-parameters', keys: ['topic', 'region'] },
  { kind: 'overwrites-remote' },
  { kind: 'not-in-workspace' },
];

const operations: readonly OperationPlan['operation'][] = [
  { kind: 'deploy', environment: 'prod' },
  { kind: 'promote', from: 'dev' },
  { kind: 'undeploy', environment: 'prod' },
];

describe('confirmation', () => {
  it('names flow, environment and URL, and puts the verb on the button', () => {
    assert.deepEqual(confirmation(plan({ parameterNames: ['region', 'topic'] })), {
      message: 'Deploy Orders to Production?',
      detail:
        'Production is at https://runtime.example.com and is protected.\n\nIt uses the parameters region, topic, with their values for that environment.',
      button: 'Deploy to Production',
    });
  });

  it('names both ends of a promotion', () => {
    const source = anEnvironment('staging', { label: 'Staging' });
    const asked = confirmation(plan({ operation: { kind: 'promote', from: 'staging' }, source }));
    assert.equal(asked.message, 'Promote Orders from Staging to Production?');
    assert.equal(asked.button, 'Promote to Production');
    assert.match(asked.detail, /\n\nIt uses no parameters\.$/);
  });

  it('says what an undeploy leaves', () => {
    const asked = confirmation(plan({ operation: { kind: 'undeploy', environment: 'prod' } }));
    assert.deepEqual(asked, {
      message: 'Undeploy Orders from Production?',
      detail:
        'Production is at https://runtime.example.com and is protected.\n\nIts routes are stopped and removed there. The file here is kept.',
      button: 'Undeploy from Production',
    });
  });

  it('does not promise the file of a flow that the workspace does not have', () => {
    const { detail } = confirmation(
      plan({ operation: { kind: 'undeploy', environment: 'prod' }, warnings: [{ kind: 'not-in-workspace' }] }),
    );
    assert.doesNotMatch(detail, /The file here is kept/);
    assert.match(detail, /This workspace does not have the flow, so it cannot be deployed again from here\.$/);
  });

  it('makes a deploy with missing parameters a deploy anyway', () => {
    const asked = confirmation(plan({ warnings: [{ kind: 'missing-parameters', keys: ['topic'] }] }));
    assert.equal(asked.button, 'Deploy Anyway');
    assert.match(
      asked.detail,
      /\n\nNothing here defines topic\. The runtime may know it from its own properties; if not, the route does not start\.$/,
    );
    const promotion = plan({ operation: { kind: 'promote', from: 'dev' }, warnings: warnings.slice(0, 1) });
    assert.equal(confirmation(promotion).button, 'Promote Anyway');
  });

  it('names parameters on its own lines only, whatever their keys are', () => {
    const keys = ['a\n\nIt is not protected.', 'b\u202ec'];
    const missing = confirmation(plan({ parameterNames: keys, warnings: [{ kind: 'missing-parameters', keys }] }));
    const known = confirmation(plan({ parameterNames: keys }));
    for (const { detail } of [missing, known]) {
      assert.equal(detail.split('\n\n').length, 2);
      assert.doesNotMatch(detail, /\p{Cf}/u);
    }
  });

  it('tells of each parameter once: that it is used, or that nothing defines it', () => {
    const warnings = [{ kind: 'missing-parameters', keys: ['b'] }] as const;
    const { detail } = confirmation(plan({ parameterNames: ['a', 'b'], warnings }));
    const [, used, missing] = detail.split('\n\n');
    assert.equal(used, 'It uses the parameter a, with its value for that environment.');
    assert.match(missing ?? '', /^Nothing here defines b\./);
  });

  it('is made of whole sentences for every operation and warning', () => {
    for (const operation of operations) {
      for (const warning of warnings) {
        const { message, detail } = confirmation(plan({ operation, warnings: [warning] }));
        assertSentences(message);
        assertSentences(detail);
      }
    }
  });
});
