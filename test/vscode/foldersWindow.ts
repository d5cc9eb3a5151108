import { mocha } from './support/mochaGlobals';
import { runMocha } from '../host/runMocha';
import { watchContextKeys } from './support/contextKeys';
import { seatPerson } from './support/person';
import './folders.suite';
import './leaving.suite';
import './workspaceStore.suite';

/** A window on two folders, each with a pipebase.yaml. */
export async function run(): Promise<void> {
  seatPerson();
  watchContextKeys();
  await runMocha(mocha);
}
