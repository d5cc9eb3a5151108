import assert from 'node:assert/strict';
import { includeFaults } from '../../../../src/core/flows/includeFaults';
import { startOfFile } from '../../../../src/core/source';

const remedy =
  '<id>.camel.yaml, or flow.camel.yaml in a folder named <id>; what is no flow can be left out with `flows.exclude`.';

describe('includeFaults', () => {
  const found = (...paths: readonly string[]) => ({ pattern: { glob: 'x', range: startOfFile }, paths });
  const messages = (...paths: readonly string[]): readonly string[] =>
    includeFaults('file:///w/pipebase.yaml', [found(...paths)]).map(({ message }) => message);

  it('warn of YAML that a pattern finds and that is no flow, once per pattern, in pipebase.yaml', () => {
    assert.deepEqual(messages('routes/orders.yaml'), [`routes/orders.yaml is not a flow file. Name it ${remedy}`]);
    assert.deepEqual(messages('routes/c.yml', 'routes/a.camel.yaml', 'routes/b.yaml'), [
      `routes/b.yaml and 1 more are not flow files. Name each ${remedy}`,
    ]);
    const faults = includeFaults('file:///w/pipebase.yaml', [found('a.yaml'), found('b.yaml'), found()]);
    assert.deepEqual(
      faults.map(({ severity, code, file }) => [severity, code, file]),
      Array(2).fill(['warning', 'not-a-flow-file', 'file:///w/pipebase.yaml']),
    );
  });

  it('are silent about flows, pipebase.yaml, and what is no YAML', () => {
    assert.deepEqual(messages('a.camel.yaml', 'b/flow.camel.yaml', 'c.camel.yml', 'pipebase.yaml'), []);
    assert.deepEqual(messages('flows/orders.params.json', 'flows/README.md'), []);
  });
});
