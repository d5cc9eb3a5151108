import { mocha } from './support/mochaGlobals';
import { runMocha } from '../host/runMocha';
import { seatPerson } from './support/person';
import './folders.suite';

/** A window on two folders, each with a pipebase.yaml. */
export async function run(): Promise<void> {
  seatPerson();
  await runMocha(mocha);
}
