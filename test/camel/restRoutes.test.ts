import assert from 'node:assert/strict';
import { judgeFlow } from '../../src/local/judgeFlow';
import { loadFlows } from './askCamel';
import { camelRuntimes } from './rootHooks';

const rest = (operation: string): string =>
  `- rest:\n    path: /orders\n    get:\n      - path: /all\n        to: direct:all\n${operation}`;
const namedOperation = rest('        id: operation\n');
const unnamedOperation = rest('');

const steps = 'uri: direct:all\n        steps:\n          - log: all\n';
const namedRoute = `- route:\n    id: all\n    from:\n        ${steps}`;
const unnamedRoute = `- from:\n        ${steps}`;

describe('the `direct:` route that an operation of a `rest` leads to', () => {
  const cases: readonly (readonly [name: string, yaml: string, ids: readonly string[]])[] = [
    ['has its own id, if the operation has one or not', namedOperation + namedRoute, ['all']],
    ['has its own id where the operation has none', unnamedOperation + namedRoute, ['all']],
    ['has that of the operation where it has none itself', namedOperation + unnamedRoute, ['operation']],
    ['is named by Camel where neither has one', unnamedOperation + unnamedRoute, ['made up']],
  ];
  for (const [name, yaml, ids] of cases) {
    it(name, async () => {
      const [camel] = await loadFlows(camelRuntimes().of('dev'), [{ yaml }]);
      assert.ok(camel && 'routeIds' in camel, JSON.stringify(camel));
      // Camel counts the names that it makes up: `route1`.
      assert.deepEqual(
        camel.routeIds.map((id) => id.replace(/^route\d+$/, 'made up')),
        ids,
      );
      const ours = judgeFlow('flow', { yaml, params: new Map() });
      assert.deepEqual([ours.routeCount, ours.routeIds], [1, ids.filter((id) => id !== 'made up')]);
    });
  }
});
