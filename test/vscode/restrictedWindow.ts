import { mocha } from './support/mochaGlobals';
import { runMocha } from '../host/runMocha';
import { seatPerson } from './support/person';
import './restricted.suite';

/** A window in Restricted Mode. */
export async function run(): Promise<void> {
  seatPerson();
  await runMocha(mocha);
}
