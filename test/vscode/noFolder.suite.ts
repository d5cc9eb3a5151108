import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { commandIds } from '../../src/vscode/contributions/commandIds';
import { person } from './support/person';

/** The matrix has a page for it, the log is there in any case, and of a row there is none. */
const others: readonly string[] = [
  'pipebase.matrix.open',
  'pipebase.log.show',
  'pipebase.flow.openYaml',
  'pipebase.flow.showFaults',
];

describe('a window without a folder', () => {
  it('is what this is', () => {
    assert.deepEqual(workspace.workspaceFolders ?? [], []);
  });

  for (const id of commandIds.filter((each) => !others.includes(each))) {
    it(`is told of by ${id}, which offers to open one and asks nothing`, async () => {
      person.reset();
      await commands.executeCommand(id);
      assert.deepEqual(
        person.told.map(({ message, buttons }) => [message, buttons]),
        [['Open the folder that holds your Camel flows first.', ['Open Folder']]],
      );
      assert.deepEqual(person.asked, []);
    });
  }
});
