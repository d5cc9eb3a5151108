import type { VscodeWindow } from './window';

/**
 * For a mocha suite: after a test that failed, leaves what its window showed and logged in `out/test-results/<test>/`.
 *
 * @param current the suite's window; undefined while there is none
 */
export function evidenceOnFailure(current: () => VscodeWindow | undefined): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const folder = await current()?.leaveEvidence(test.fullTitle());
    if (folder !== undefined) console.error(`What VS Code showed and logged is in ${folder}`);
  });
}
