import { mocha } from './support/mochaGlobals';
import { runMocha } from '../host/runMocha';
import { watchRegistrations } from './support/registrations';
import './foreign.suite';
import './loading.suite';

/** A window on somebody else's project. */
export async function run(): Promise<void> {
  watchRegistrations();
  await runMocha(mocha);
}
