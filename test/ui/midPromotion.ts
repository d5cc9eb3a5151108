import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenedWindow } from './windowForSuite';

/** How far each flow of the sample has come. */
const journeys: Readonly<Record<string, readonly string[]>> = {
  orders: ['dev', 'test', 'staging'],
  'customers-api': ['dev', 'test', 'staging', 'prod'],
  payments: ['dev', 'test'],
  shipments: ['dev'],
  'price-list': ['dev', 'test'],
};

/** Brings the sample's flows to where a team's are on a working day: some in prod, some on the way, some stale. */
export async function midPromotion({ driver, matrix, window }: OpenedWindow): Promise<void> {
  await driver.openViewContainer('Pipebase');
  await driver.runCommand('Pipebase: Open Promotion Matrix of All Flows');
  await matrix.cellShows('orders', 'prod', 'Not deployed');
  for (const [flow, journey] of Object.entries(journeys)) {
    for (const environment of journey) {
      const action = environment === 'dev' ? 'Deploy' : `Promote to ${environment}`;
      await matrix.clickInCell(flow, environment, action);
      if (environment === 'prod') await driver.answerDialog('Promote to prod');
      await matrix.cellShows(flow, environment, 'In sync');
    }
  }
  edit(join(window.workspaceDir, 'flows', 'payments.camel.yaml'), (yaml) => yaml.replace('10000', '5000'));
  edit(join(window.workspaceDir, 'flows', 'price-list.params.json'), (json) => json.replace(';', ','));
  await matrix.cellShows('payments', 'dev', 'Stale');
  await matrix.cellShows('price-list', 'dev', 'Stale');
  await matrix.clickInCell('payments', 'dev', 'Deploy');
  await matrix.cellShows('payments', 'dev', 'In sync');
  await driver.clearNotifications();
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
