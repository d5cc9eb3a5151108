import { randomBytes } from 'node:crypto';
import { Disposable, Uri, ViewColumn, window, type Webview, type WebviewPanel } from 'vscode';
import { displayText } from '../../core/displayText';
import type { Log } from '../../core/ports';
import { flowNameOf } from '../../core/promotion/promotionState';
import { contentSecurityPolicy } from '../../shared/contentSecurityPolicy';
import type { MatrixScope } from '../../shared/matrixView';
import type { HostMessage, PageMessage } from '../../shared/messages';
import { plainText } from '../sentences/plainText';
import type { WorkspaceStore } from '../state/workspaceStore';
import { matrixView } from './matrixView';
import { pageMessageSchema, pageStateSchema } from './pageMessageSchema';

/** What the page may ask for; a kind of message without a handler is a compile error. */
export type PageHandlers = {
  readonly [T in Exclude<PageMessage['type'], 'ready' | 'scope'>]: (
    message: Extract<PageMessage, { type: T }>,
  ) => Promise<void>;
};

/** The promotion matrix: one panel, showing all flows or one, drawn from the store and deciding nothing. */
export class MatrixPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private scope: MatrixScope = { kind: 'all' };
  /** What the page has. Undefined before it listens. */
  private lastSent: string | undefined;

  constructor(
    private readonly extensionUri: Uri,
    private readonly store: WorkspaceStore,
    private readonly handlers: PageHandlers,
    private readonly log: Log,
  ) {}

  get isVisible(): boolean {
    return this.panel?.visible ?? false;
  }

  show(scope: MatrixScope): void {
    this.scope = scope;
    if (this.panel) {
      this.panel.reveal();
      this.send();
      return;
    }
    // One flow belongs beside its file, as the tutorial shows it; the whole matrix takes the place of an editor.
    const column = scope.kind === 'flow' ? ViewColumn.Beside : ViewColumn.Active;
    const panel = window.createWebviewPanel('pipebase.matrix', this.title(), column);
    this.attach(panel);
  }

  /** After a reload of the window: the page kept its scope. */
  restore(panel: WebviewPanel, state: unknown): void {
    const kept = pageStateSchema.safeParse(state);
    this.scope = kept.success ? kept.data.scope : { kind: 'all' };
    this.attach(panel);
  }

  /** Sends the view where it differs from what the page has. */
  send(): void {
    if (!this.panel?.visible || this.lastSent === undefined) {
      return;
    }
    this.panel.title = this.title();
    const folders = this.store.folders.map(({ name, state }) => ({ name, state }));
    const message: HostMessage = { type: 'view', view: matrixView(folders, this.scope) };
    const text = JSON.stringify(message);
    if (text !== this.lastSent) {
      this.lastSent = text;
      void this.panel.webview.postMessage(message);
    }
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private attach(panel: WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.lastSent = undefined;
    const dist = Uri.joinPath(this.extensionUri, 'dist', 'webview');
    const icon = (name: string): Uri => Uri.joinPath(this.extensionUri, 'media', name);
    panel.iconPath = { light: icon('matrix-light.svg'), dark: icon('matrix-dark.svg') };
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const subscriptions = Disposable.from(
      panel.webview.onDidReceiveMessage((message: unknown) => this.receive(message)),
      this.store.onDidChange(() => {
        this.send();
      }),
    );
    panel.onDidDispose(() => {
      subscriptions.dispose();
      if (this.panel === panel) {
        this.panel = undefined;
      }
    });
    panel.webview.html = matrixHtml(panel.webview, dist);
  }

  private async receive(received: unknown): Promise<void> {
    const parsed = pageMessageSchema.safeParse(received);
    if (!parsed.success) {
      this.log.warn(`The matrix page sent a message of an unknown shape, which is ignored: ${parsed.error.message}`);
      return;
    }
    try {
      await this.handle(parsed.data);
    } catch (error) {
      // For a command that a person starts VS Code itself would say so.
      const sentence = `What was asked for in the promotion matrix failed: ${String(error)}.`;
      this.log.error(sentence);
      void window.showErrorMessage(plainText(sentence));
    }
  }

  private async handle(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        // It has just begun: a page that is hidden is thrown away with what it was told, and is another one when shown.
        this.lastSent = '';
        await this.store.ready();
        this.send();
        await this.store.readUnread();
        return;
      case 'scope':
        this.scope = message.scope;
        this.send();
        return;
      case 'refresh':
        return this.handlers.refresh(message);
      case 'openYaml':
        return this.handlers.openYaml(message);
      case 'setToken':
        return this.handlers.setToken(message);
      case 'startLocal':
        return this.handlers.startLocal(message);
      case 'command':
        return this.handlers.command(message);
      case 'intent':
        return this.handlers.intent(message);
    }
  }

  private title(): string {
    if (this.scope.kind === 'all') {
      return 'Promotion Matrix';
    }
    const { folder, flow } = this.scope;
    const state = this.store.folder(folder)?.state;
    const name = state ? flowNameOf(state, flow) : displayText(flow);
    return `Promotion: ${name}`;
  }
}

/** Nothing may load but our own script, by nonce, and our own style. */
function matrixHtml(webview: Webview, dist: Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const asset = (name: string): string => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  const policy = contentSecurityPolicy(nonce, webview.cspSource);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${asset('matrix.css')}">
<title>Promotion Matrix</title>
</head>
<body>
<main id="matrix"></main>
<script nonce="${nonce}" src="${asset('matrix.js')}"></script>
</body>
</html>`;
}
