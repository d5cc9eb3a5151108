import { findJavaAndMaven } from './findJavaAndMaven';
import { type CamelRuntimes, startCamelRuntimes } from './startCamelRuntimes';

let running: CamelRuntimes | undefined;

/** The four runtimes that all tests of this part share. */
export function camelRuntimes(): CamelRuntimes {
  if (!running) throw new Error('The Camel runtimes are not running.');
  return running;
}

/** With an empty Maven cache the build downloads some 80 MB first. */
const buildPatienceMs = 900_000;

export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll(this: Mocha.Context) {
    this.timeout(buildPatienceMs);
    const tools = await findJavaAndMaven();
    if (tools.kind === 'missing') {
      // Whoever builds for others must not pass because the tests could not run.
      if (process.env.CI !== undefined && process.env.CI !== '') throw new Error(tools.reason);
      console.log(`These tests are skipped: ${tools.reason}`);
      return this.skip();
    }
    const startedAt = Date.now();
    running = await startCamelRuntimes(tools);
    console.log(`Built, and four Camel runtimes started, in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  },

  async afterAll(this: Mocha.Context) {
    this.timeout(30_000);
    await running?.stop();
  },
};
