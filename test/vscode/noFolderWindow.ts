import { mocha } from './support/mochaGlobals';
import { runMocha } from '../host/runMocha';
import { seatPerson } from './support/person';
import './noFolder.suite';

/** A window without a folder. */
export async function run(): Promise<void> {
  seatPerson();
  await runMocha(mocha);
}
