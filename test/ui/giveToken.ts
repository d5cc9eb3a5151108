import type { VscodeDriver } from '../host/vscodeDriver';
import { typeToken } from './typeToken';

/** Sets the token of an environment that has none, with the key beside it, and waits until it was tried. */
export async function giveToken(driver: VscodeDriver, environment: string, token: string): Promise<void> {
  const row = driver.treeRow(environment, 'Environments').filter({ hasText: 'No deploy token' });
  await driver.untilTaken(
    () => driver.clickInlineAction(row, 'Set Deploy Token…'),
    () => driver.quickInput(`Deploy Token of ${environment}`, { timeout: 10_000 }),
  );
  await typeToken(driver, environment, token);
  await row.waitFor({ state: 'detached' });
}
