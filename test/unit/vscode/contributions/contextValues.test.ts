import assert from 'node:assert/strict';
import { contextValues } from '../../../../src/vscode/contributions/contextValues';
import { aFlow, aRegistry, aState, anEnvironment } from '../../../support/builders';

describe('the context keys', () => {
  const orders = aFlow('orders');
  const dev = anEnvironment('dev');
  const foreign = aState({ flows: [orders] });
  const faulty = aState({ registry: aRegistry() });
  const empty = aState({ registry: aRegistry(dev) });
  const whole = aState({ registry: aRegistry(dev), flows: [orders] });

  const workspaces = [
    ['noRegistry', 'there is no folder', []],
    ['noRegistry', 'no folder has a pipebase.yaml, flows or not', [foreign, aState()]],
    ['faultyRegistry', 'no pipebase.yaml has an environment', [faulty, foreign]],
    ['noFlows', 'no folder with a pipebase.yaml has a flow', [empty, foreign]],
    ['ready', 'one folder has all', [foreign, faulty, whole]],
  ] as const;
  for (const [expected, when, states] of workspaces) {
    it(`say ${expected} where ${when}`, () => {
      assert.equal(contextValues(states, undefined)['pipebase.workspace'], expected);
    });
  }

  it('know that a token is missing, and not where another program has the port or a local environment is to be started', () => {
    const reading = { kind: 'failed', at: 0, reason: 'no-token' } as const;
    const state = { ...whole, readings: new Map([['dev', reading]]) };
    const needsToken = (one: typeof whole): boolean => contextValues([foreign, one], undefined)['pipebase.needsToken'];
    assert.equal(needsToken(whole), false);
    assert.equal(needsToken(state), true);
    assert.equal(needsToken({ ...state, readings: new Map([['dev', { ...reading, reason: 'timeout' }]]) }), false);
    for (const place of ['another-program', 'another-window', 'stopped'] as const) {
      assert.equal(needsToken({ ...state, local: new Map([[dev.url, place]]) }), false, place);
    }
    assert.equal(needsToken({ ...state, local: new Map([[dev.url, 'this-window']]) }), true);
  });

  it('know an open flow, and take no file of a folder without pipebase.yaml for one', () => {
    const isFlow = (state: typeof whole, file: string | undefined): boolean =>
      contextValues([state], file)['pipebase.activeFlow'];
    assert.equal(isFlow(whole, orders.file), true);
    assert.equal(isFlow(whole, 'file:///work/other.yaml'), false);
    assert.equal(isFlow(whole, undefined), false);
    assert.equal(isFlow(foreign, orders.file), false);
  });
});
