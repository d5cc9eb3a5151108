import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, folderWith } from './folderWith';
import { helloFlow } from './helloFlow';
import { settled } from './settled';
import { story } from './story';
import { windowForSuite } from './windowForSuite';

// The system tells of a folder that goes or comes, and not of the files in it.
describe('A folder of flows that is moved outside of the editor', () => {
  story();
  const folder: Folder = folderWith('moved-folder', {
    'pipebase.yaml': 'version: 1\nenvironments:\n  dev:\n    url: https://dev.invalid\n',
    'flows/stays.camel.yaml': helloFlow('stays'),
    'flows/moves/moves.camel.yaml': helloFlow('moves'),
  });
  const opened = windowForSuite(() => Promise.resolve({ workspace: folder.path }));
  after(() => {
    folder.remove();
  });

  const inside = (name: string): string => join(opened().window.workspaceDir, 'flows', name);
  const outside = (): string => join(opened().window.workspaceDir, '..', 'moves');
  const row = (): ReturnType<ReturnType<typeof opened>['driver']['treeRow']> =>
    opened().driver.treeRow('Say hello from moves', 'Flows');

  it('takes its flows away', async () => {
    const { driver } = opened();
    await driver.openViewContainer('Pipebase');
    await row().waitFor();
    renameSync(inside('moves'), outside());
    await row().waitFor({ state: 'detached' });
    await driver.treeRow('Say hello from stays', 'Flows').waitFor();
  });

  it('brings its flows along', async () => {
    renameSync(outside(), inside('moves'));
    await row().waitFor();
  });

  it('keeps its flows when it is renamed, and they can be opened', async () => {
    const { driver } = opened();
    renameSync(inside('moves'), inside('renamed'));
    await settled(
      'a click opens the file in its new place',
      async () => {
        await row().click();
        return driver.page.locator('.breadcrumbs-below-tabs').innerText({ timeout: 1000 });
      },
      (path) => path.includes('renamed'),
    );
  });
});
