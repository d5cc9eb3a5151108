import type { Locator } from 'playwright-core';
import type { VscodeDriver } from '../host/vscodeDriver';

/** The row of an environment under an expanded flow: rows of a tree are siblings, told apart by their level. */
export function environmentUnderFlow(driver: VscodeDriver, environment: string): Locator {
  return driver.treeRow(environment, 'Flows').and(driver.page.locator('[aria-level="2"]'));
}

export function iconOf(row: Locator): Locator {
  return row.locator('.custom-view-tree-node-item-icon');
}
