import * as assert from 'node:assert/strict';
import axe, { type AxeResults } from 'axe-core';
import type { MatrixView } from '../../src/shared/matrixView';
import { closeBrowser, openMatrix } from './matrixWindow';
import { cell, environments, flow, flowScope, sampleFlows, setToken, undeploy, view } from './sampleViews';
import { themes } from './themes';

const everyState = flow('orders', 'Orders', [], {
  isUnsaved: true,
  problem: 'The flow uses {{carrier-url}}, which has no value in prod.',
  cells: [
    cell('dev', 'in-sync', { actions: [undeploy('orders', 'dev')] }),
    cell('test', 'stale', { running: 'Promoting…' }),
    cell('staging', 'unknown'),
    cell('prod', 'unreachable', { actions: [setToken('prod')] }),
  ],
});

const pictures: Record<string, MatrixView> = {
  'all flows': view(sampleFlows()),
  'one flow': view(sampleFlows().slice(0, 1), flowScope('orders')),
  'every state': view([everyState], flowScope('orders')),
  'several folders': {
    scope: { kind: 'all' },
    folders: [
      { key: 'a', name: 'orders', environments: environments(), flows: sampleFlows() },
      { key: 'b', name: 'reporting', environments: environments(), flows: sampleFlows().slice(2) },
    ],
  },
  nothing: {
    scope: { kind: 'all' },
    folders: [],
    empty: { text: 'No pipebase.yaml here.', action: { label: 'Open Folder', command: 'openFolder' } },
  },
};

describe('accessibility of the matrix', () => {
  after(closeBrowser);

  for (const [name, theme] of Object.entries(themes)) {
    for (const width of [1200, 300]) {
      it(`has no violations in ${name}, ${width} px wide`, async () => {
        const matrix = await openMatrix({ theme, width });
        await matrix.page.evaluate(axe.source);
        for (const [picture, shown] of Object.entries(pictures)) {
          await matrix.show(shown);
          const violations = await matrix.page.evaluate(async () => {
            const page = window as unknown as { axe: { run: () => Promise<AxeResults> } };
            const results = await page.axe.run();
            return results.violations.map(
              ({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
            );
          });
          assert.deepEqual(violations, [], picture);
        }
        await matrix.close();
      });
    }
  }
});
