import { mocha } from './support/mochaGlobals';
import { runMocha } from '../host/runMocha';
import './foreign.suite';

/** A window on somebody else's project. */
export async function run(): Promise<void> {
  await runMocha(mocha);
}
