import assert from 'node:assert/strict';
import { ownWords } from '../../../../src/vscode/sentences/ownWords';

describe('ownWords', () => {
  for (const [given, expected] of [
    [undefined, ''],
    [' \n ', ''],
    ['no route', 'No route.'],
    ['connected, but no answer in time', 'Connected, but no answer in time.'],
    ['orders.yaml is broken', 'orders.yaml is broken.'],
    ['ECONNRESET', 'ECONNRESET.'],
    ['Out of\n  memory!', 'Out of memory!'],
    ['Wait…', 'Wait…'],
    ['starting', 'Starting.'],
    ['orders-2', 'orders-2.'],
    ['unauthorized', ''],
    ['Forbidden.', ''],
    ['unauthorized for orders', 'Unauthorized for orders.'],
    ['PIPEBASE_DEPLOY_TOKEN not configured', ''],
  ] as const) {
    it(`makes of ${JSON.stringify(given)}: ${expected || 'nothing'}`, () => {
      assert.equal(ownWords(given), expected);
    });
  }
});
