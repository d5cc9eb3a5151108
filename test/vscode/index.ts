import { mocha } from './support/mochaGlobals';
import { runMocha } from '../host/runMocha';
import { seatPerson } from './support/person';
import { watchRegistrations } from './support/registrations';
import './activation.suite';
import './commands.suite';
import './operations.suite';
import './batch.suite';
import './tokens.suite';
import './connections.suite';
import './diagnostics.suite';
import './codeLenses.suite';
import './trees.suite';
import './environments.suite';
import './records.suite';
import './matrixPanel.suite';
import './localEnvironments.suite';
import './secrets.suite';

/** A window on a folder without any Pipebase file, in which the suites make what they need, one after the other. */
export async function run(): Promise<void> {
  seatPerson();
  watchRegistrations();
  await runMocha(mocha);
}
