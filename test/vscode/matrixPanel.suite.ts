import assert from 'node:assert/strict';
import { commands, type WebviewPanel } from 'vscode';
import { registrations } from './support/registrations';
import { until } from './support/until';
import { World } from './support/world';

describe('the promotion matrix', () => {
  let world: World;
  before(async () => {
    world = await World.open();
    await world.addFlow('orders');
  });
  after(() => world.close());

  function panels(): readonly WebviewPanel[] {
    return registrations
      .filter(({ what }) => what === 'createWebviewPanel')
      .map(({ result }) => result as WebviewPanel);
  }

  function lastPanel(): WebviewPanel {
    const panel = panels().at(-1);
    assert.ok(panel, 'no panel was opened');
    return panel;
  }

  it('opens once, however often it is asked for, and follows what is asked', async () => {
    const earlier = panels().length;
    await commands.executeCommand('pipebase.matrix.open');
    await commands.executeCommand('pipebase.matrix.open');
    await world.run('pipebase.flow.openMatrix', { flow: 'orders' });
    assert.equal(panels().length, earlier + 1);
    await until(() => {
      assert.equal(lastPanel().title, 'Promotion: orders');
    });
  });

  it('may load its own script and style and nothing else', () => {
    const { html, options } = lastPanel().webview;
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const nonce = /script-src 'nonce-([\w-]{20,})'/.exec(policy)?.[1];
    assert.ok(nonce, policy);
    assert.match(policy, /^default-src 'none';/);
    assert.doesNotMatch(policy, /unsafe|http:|\*(?!\.)/);
    assert.deepEqual(
      [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag.includes(`nonce="${nonce}"`)),
      [true],
    );
    assert.doesNotMatch(html, /<style| style=| on\w+=/);
    assert.deepEqual(
      options.localResourceRoots?.map(({ path }) => path.split('/').slice(-2).join('/')),
      ['dist/webview'],
    );
  });

  it('is not kept alive when hidden, and uses another nonce each time', async () => {
    const { webview, options } = lastPanel();
    assert.equal(options.retainContextWhenHidden ?? false, false);
    const { html } = webview;
    lastPanel().dispose();
    await commands.executeCommand('pipebase.matrix.open');
    assert.notEqual(lastPanel().webview.html, html);
    assert.equal(lastPanel().title, 'Promotion Matrix');
  });
});
