import assert from 'node:assert/strict';
import { extensions, window, workspace } from 'vscode';
import { lensTitles } from './support/lenses';
import { until } from './support/until';

describe('a folder without Pipebase files', () => {
  it('never wakes the extension up, though VS Code has looked for its files and YAML is open', async () => {
    // VS Code looks for the files of all extensions at once; that this one is awake shows that it has looked.
    await until(() => {
      assert.equal(extensions.getExtension('vscode.npm')?.isActive, true);
    });
    assert.deepEqual(await workspace.findFiles('**/*.camel.{yaml,yml}'), []);
    for (const file of await workspace.findFiles('**/*.yaml')) {
      const { document } = await window.showTextDocument(file);
      await lensTitles(document.uri);
    }
    const extension = extensions.getExtension('pipebase.pipebase');
    assert.ok(extension, 'the extension is not installed in this window');
    assert.equal(extension.isActive, false);
  });
});
