import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, window, workspace } from 'vscode';
import { codeLenses, lensTitles } from './support/lenses';
import { until } from './support/until';
import { World, aFlowYaml, refresh } from './support/world';

const path = 'flows/orders.camel.yaml';

describe('CodeLenses', () => {
  let world: World;
  before(async () => {
    world = await World.open({ withTokens: false });
    await world.addFlow('orders');
  });
  after(async () => {
    await workspace.getConfiguration('pipebase').update('codeLens.enabled', undefined, ConfigurationTarget.Workspace);
    await world.close();
  });

  async function expectTitles(expected: readonly string[]): Promise<void> {
    await until(async () => {
      assert.deepEqual(await lensTitles(world.uri(path)), expected);
    });
  }

  const matrix = '$(table)\u00a0Promotion Matrix';

  it('say that no token is there, and offer no deploy', async () => {
    await expectTitles(['$(debug-disconnect)\u00a0dev: Unreachable', matrix]);
  });

  it('offer the first deploy, at the line of the first route', async () => {
    await world.setTokens();
    await expectTitles(['$(circle-large)\u00a0dev: Not deployed', '$(cloud-upload)\u00a0Deploy to dev', matrix]);
    const lines = (await codeLenses(world.uri(path))).map(({ range }) => range.start.line);
    assert.deepEqual(new Set(lines), new Set([1]));
  });

  it('deploy with one click, and then offer the promotion', async () => {
    const deploy = (await codeLenses(world.uri(path))).find(({ command }) =>
      command?.title.endsWith('Deploy to dev'),
    )?.command;
    assert.ok(deploy);
    await commands.executeCommand(deploy.command, ...((deploy.arguments ?? []) as unknown[]));
    assert.deepEqual(
      (await world.dev.flows()).map(({ id }) => id),
      ['orders'],
    );
    await expectTitles(['$(pass)\u00a0dev: In sync', '$(arrow-circle-up)\u00a0Promote to test', matrix]);
  });

  it('turn stale by themselves when the file changes on disk', async () => {
    await world.write(path, aFlowYaml('orders', 'changed'));
    await expectTitles(['$(warning)\u00a0dev: Stale', '$(cloud-upload)\u00a0Deploy to dev', matrix]);
    await world.write(path, aFlowYaml('orders'));
    await expectTitles(['$(pass)\u00a0dev: In sync', '$(arrow-circle-up)\u00a0Promote to test', matrix]);
  });

  it('compare what is on disk, and tell of edits that are not', async () => {
    const editor = await window.showTextDocument(world.uri(path));
    await editor.edit((edit) => {
      edit.insert(editor.document.positionAt(0), '#');
    });
    await expectTitles([
      '$(pass)\u00a0dev: In sync (unsaved edits)',
      '$(cloud-upload)\u00a0Deploy to dev',
      '$(arrow-circle-up)\u00a0Promote to test',
      matrix,
    ]);
    await commands.executeCommand('workbench.action.files.revert');
    await expectTitles(['$(pass)\u00a0dev: In sync', '$(arrow-circle-up)\u00a0Promote to test', matrix]);
  });

  it('stand above the first route as it is on the screen, and stay there while that is no flow', async () => {
    const lines = async (): Promise<ReadonlySet<number>> =>
      new Set((await codeLenses(world.uri(path))).map(({ range }) => range.start.line));
    const editor = await window.showTextDocument(world.uri(path));
    await editor.edit((edit) => {
      edit.insert(editor.document.positionAt(0), '# one\n# two\n');
    });
    await until(async () => {
      assert.deepEqual(await lines(), new Set([3]));
    });
    await editor.edit((edit) => {
      edit.replace(editor.document.lineAt(3).range, '- rout: [');
    });
    await until(async () => {
      assert.deepEqual(await lines(), new Set([1]));
    });
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('stay away from a folder without pipebase.yaml, which never asked for them', async () => {
    const registry = world.registryText();
    await world.remove('pipebase.yaml');
    await refresh();
    await expectTitles([]);
    await world.write('pipebase.yaml', registry);
    await refresh();
    await expectTitles(['$(pass)\u00a0dev: In sync', '$(arrow-circle-up)\u00a0Promote to test', matrix]);
  });

  it('say that the flow cannot be deployed, and why', async () => {
    await world.write(path, '- rout: {}\n');
    const problem = '$(error)\u00a0Cannot be deployed';
    await expectTitles(['$(warning)\u00a0dev: Stale', problem, matrix]);
    const { command } = (await codeLenses(world.uri(path))).find((lens) => lens.command?.title === problem) ?? {};
    assert.equal(command?.command, 'pipebase.flow.showFaults');
    assert.match(command.tooltip ?? '', /^orders cannot be deployed: .* See orders\.camel\.yaml, line 1\.$/);
    await world.write(path, aFlowYaml('orders'));
    await expectTitles(['$(pass)\u00a0dev: In sync', '$(arrow-circle-up)\u00a0Promote to test', matrix]);
  });

  it('say that a runtime went away', async () => {
    await world.dev.close();
    await refresh();
    await expectTitles(['$(debug-disconnect)\u00a0dev: Unreachable', matrix]);
  });

  it('are gone when the setting says so, and come back', async () => {
    const setting = workspace.getConfiguration('pipebase');
    await setting.update('codeLens.enabled', false, ConfigurationTarget.Workspace);
    await expectTitles([]);
    await setting.update('codeLens.enabled', true, ConfigurationTarget.Workspace);
    await expectTitles(['$(debug-disconnect)\u00a0dev: Unreachable', matrix]);
  });

  it('stay away from YAML files that hold no flow', async () => {
    assert.deepEqual(await lensTitles(world.uri('pipebase.yaml')), []);
  });
});
