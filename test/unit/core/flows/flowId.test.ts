import assert from 'node:assert/strict';
import { flowIdOfPath, isLegalFlowId, parameterFileOf } from '../../../../src/core/flows/flowId';

describe('flowId', () => {
  const ids: readonly (readonly [string, string | undefined])[] = [
    ['flows/orders/flow.camel.yaml', 'orders'],
    ['0190d1e0-7b1a-7c3e-9f50-1a2b3c4d5e6f/flow.camel.yaml', '0190d1e0-7b1a-7c3e-9f50-1a2b3c4d5e6f'],
    ['flow.camel.yaml', 'flow'],
    ['flows/orders.camel.yaml', 'orders'],
    ['flows/orders.camel.yml', 'orders'],
    ['flows/orders.v2.camel.yaml', 'orders.v2'],
    ['flows/flow.camel.yml', 'flow'],
    ['flows/orders.yaml', undefined],
    ['flows/.camel.yaml', undefined],
    ['flows/orders.kamelet.yaml', undefined],
    ['flows/orders.camel.yaml.bak', undefined],
  ];
  for (const [path, id] of ids) {
    it(`takes ${String(id)} from ${path}`, () => {
      assert.equal(flowIdOfPath(path), id);
    });
  }

  it('knows the ids that a runtime takes', () => {
    for (const id of ['orders', 'a.b_c-1', 'x'.repeat(128)]) assert.equal(isLegalFlowId(id), true, id);
    for (const id of ['', 'a b', 'ö', 'a/b', '.', '..', 'x'.repeat(129)]) assert.equal(isLegalFlowId(id), false, id);
  });

  it('finds the parameter file beside the flow', () => {
    assert.equal(parameterFileOf('flows/orders/flow.camel.yaml'), 'flows/orders/params.json');
    assert.equal(parameterFileOf('flows/orders.camel.yaml'), 'flows/orders.params.json');
    assert.equal(parameterFileOf('orders.v2.camel.yml'), 'orders.v2.params.json');
  });
});
