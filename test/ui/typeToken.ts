import type { VscodeDriver } from '../host/vscodeDriver';

/** Types a deploy token into the input box that is open, or about to be, and accepts it. */
export async function typeToken(driver: VscodeDriver, environment: string, token: string): Promise<void> {
  const input = await driver.quickInput(`Deploy Token of ${environment}`);
  if ((await input.getAttribute('type')) !== 'password') throw new Error('The token can be read on the screen.');
  await driver.answerInput(token, `Deploy Token of ${environment}`);
  await driver.page.locator('.quick-input-widget:visible').waitFor({ state: 'hidden' });
}
