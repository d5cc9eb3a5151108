import assert from 'node:assert/strict';
import {
  EventEmitter,
  ViewColumn,
  commands,
  window,
  workspace,
  type Uri,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { person } from './support/person';
import { registrations } from './support/registrations';
import { setPollInterval } from './support/setPollInterval';
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

  /** From now on. */
  function viewsSentTo({ webview }: WebviewPanel): () => readonly unknown[] {
    const sent: unknown[] = [];
    const post = webview.postMessage.bind(webview);
    webview.postMessage = (message) => {
      sent.push(message);
      return post(message);
    };
    return () => sent;
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

  it('is sent its view when it begins, and again when it was hidden', async () => {
    const panel = lastPanel();
    const sent = viewsSentTo(panel);
    await window.showTextDocument(world.uri('pipebase.yaml'), { viewColumn: ViewColumn.Active, preview: false });
    await until(() => {
      assert.equal(panel.visible, false);
    });
    await commands.executeCommand('pipebase.matrix.open');
    await until(() => {
      assert.ok(sent().length > 0);
    });
  });
});

/** In place of a page that a window showed before it was reloaded. */
class RestoredPage {
  readonly sent: string[] = [];
  private readonly received = new EventEmitter<unknown>();
  private readonly viewStateChanged = new EventEmitter<void>();
  private readonly disposed = new EventEmitter<void>();

  async open(): Promise<void> {
    const [registration] = registrations.filter(({ what }) => what === 'registerWebviewPanelSerializer');
    await (registration?.second as WebviewPanelSerializer).deserializeWebviewPanel(this.panel(), undefined);
  }

  say(message: unknown): void {
    this.received.fire(message);
  }

  close(): void {
    this.disposed.fire();
  }

  focus(): void {
    this.viewStateChanged.fire();
  }

  private panel(): WebviewPanel {
    const webview = {
      asWebviewUri: (uri: Uri) => uri,
      onDidReceiveMessage: this.received.event,
      postMessage: (message: unknown) => Promise.resolve(this.sent.push(JSON.stringify(message)) > 0),
    };
    const panel = {
      webview,
      visible: true,
      onDidChangeViewState: this.viewStateChanged.event,
      onDidDispose: this.disposed.event,
      dispose: () => {
        this.close();
      },
    };
    return panel as unknown as WebviewPanel;
  }
}

describe('the page of the promotion matrix', () => {
  const { findFiles } = workspace;
  let world: World;
  let page: RestoredPage;
  before(async () => {
    await setPollInterval(0);
    world = await World.open();
    await world.addFlow('orders');
    page = new RestoredPage();
    await page.open();
  });
  after(async () => {
    page.close();
    await world.close();
    await setPollInterval(undefined);
  });
  afterEach(() => {
    Object.assign(workspace, { findFiles });
  });

  it('is sent the same view once, whatever has the focus', async () => {
    page.focus();
    assert.deepEqual(page.sent, [], 'nobody listens yet');
    page.say({ type: 'ready' });
    await until(() => {
      assert.match(page.sent.at(-1) ?? '', /"orders"/);
    });
    page.focus();
    page.focus();
    assert.equal(new Set(page.sent).size, page.sent.length);
  });

  it('has done what an empty matrix offers, and nothing that it does not', async () => {
    person.reset();
    page.say({ type: 'command', command: 'pipebase.local.reset' });
    page.say({ type: 'command', command: 'newFlow', folder: world.key, flow: 'orders' });
    page.say({ type: 'command', command: 'newFlow', folder: world.key });
    await until(() => {
      assert.deepEqual(person.asked, ['New Flow']);
    });
    page.say({ type: 'command', command: 'openRegistry', folder: world.key });
    await until(() => {
      assert.equal(window.activeTextEditor?.document.uri.toString(), world.uri('pipebase.yaml').toString());
    });
    assert.deepEqual([person.asked, person.told], [['New Flow'], []]);
  });

  it('has files read when it asks for a refresh, and says what fails', async () => {
    person.reset();
    Object.assign(workspace, { findFiles: () => Promise.reject(new Error('no search')) });
    page.say({ type: 'refresh' });
    await until(() => {
      assert.deepEqual(
        person.told.map(({ kind, message }) => [kind, message]),
        [['error', 'What was asked for in the promotion matrix failed: Error: no search.']],
      );
    });
  });
});
