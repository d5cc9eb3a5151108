import assert from 'node:assert/strict';
import { batchConfirmation, batchSentence } from '../../../../src/vscode/sentences/batchSentence';
import { anEnvironment } from '../../../support/builders';
import { assertSentences } from './assertSentences';

const prod = anEnvironment('prod', { label: 'Production', url: 'https://runtime.example.com' });

describe('batchSentence', () => {
  it('counts what was done and what was not', () => {
    assert.equal(batchSentence('deploy', ['succeeded', 'succeeded'], 'test'), 'Deployed 2 of 2 flows to test.');
    assert.equal(batchSentence('undeploy', ['succeeded'], 'test'), 'Undeployed 1 of 1 flow from test.');
    const outcomes = ['succeeded', 'failed', 'refused', 'unknown', 'cancelled', 'not-started'] as const;
    const sentence = batchSentence('promote', outcomes, 'test');
    assert.equal(
      sentence,
      'Promoted 1 of 6 flows to test: 1 failed, 1 not allowed, 1 with an unknown outcome, 2 not started.',
    );
    assertSentences(sentence);
  });

  it('asks once, naming every flow, the environment and its URL', () => {
    assert.deepEqual(batchConfirmation('promote', ['Orders', 'Payments'], prod), {
      message: 'Promote 2 flows to Production?',
      detail: 'Production is at https://runtime.example.com.\n\nOrders\nPayments',
      button: 'Promote to Production',
    });
  });

  it('lists ten, and says how many more', () => {
    const flows = Array.from({ length: 12 }, (_, index) => `flow${index}`);
    const { detail } = batchConfirmation('undeploy', flows, prod);
    assert.match(detail, /flow9\nand 2 more$/);
    assert.doesNotMatch(detail, /flow10/);
  });
});
