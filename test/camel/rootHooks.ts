import { buildCamelRuntime } from './buildCamelRuntime';
import { buildPatienceMs, requireCamel } from './requireCamel';
import { type ServerStandIns, startServerStandIns } from './serverStandIns';
import { type CamelRuntimes, startCamelRuntimes } from './startCamelRuntimes';

let running: CamelRuntimes | undefined;
let standIns: ServerStandIns | undefined;

/** The four runtimes that all tests of this part share. */
export function camelRuntimes(): CamelRuntimes {
  if (!running) throw new Error('The Camel runtimes are not running.');
  return running;
}

/** Where the runtimes find what takes the place of S3 and Salesforce. */
export function standInUrl(): string {
  if (!standIns) throw new Error('The stand-ins are not running.');
  return standIns.url;
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

export const mochaHooks: Mocha.RootHookObject = {
  async beforeAll(this: Mocha.Context) {
    this.timeout(buildPatienceMs);
    const tools = await requireCamel(this);
    const beganAt = Date.now();
    await buildCamelRuntime(tools.maven);
    const builtAt = Date.now();
    standIns = await startServerStandIns();
    running = await startCamelRuntimes(tools, standIns.environment);
    const startedAt = Date.now();
    console.log(
      `Apache Camel: built in ${seconds(builtAt - beganAt)} (once per content), four started in ` +
        `${seconds(startedAt - builtAt)}, together ${seconds(startedAt - beganAt)} (at most 60 s are meant)`,
    );
  },

  async afterAll(this: Mocha.Context) {
    this.timeout(30_000);
    await running?.stop();
    await standIns?.close();
  },
};
