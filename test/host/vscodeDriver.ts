import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from './eventually';
import { type Visible, exactly, labelled, partly, startingWith, typeable } from './visible';

// Long enough for a machine that is several times as slow: they are waited out by what fails only.
const attemptMs = 5000;
const menuPatienceMs = 500;
const patienceMs = 45_000;
const toastPatienceMs = 8000;
const quickInputField = '.quick-input-widget:visible .quick-input-box input';

/**
 * What a person does in a VS Code window, in terms of what is seen. Each action waits until it is possible and fails with
 * Playwright's account of what it waited for. The class names are those of VS Code 1.139.
 */
export class VscodeDriver {
  constructor(readonly page: Page) {}

  // Commands and files

  /** Runs a command from the palette. `title` as listed there, category and all: `Pipebase: Deploy`. */
  async runCommand(title: Visible): Promise<void> {
    await this.chooseFromQuickAccess('F1', '>', title);
  }

  /** Opens a file by its name through quick open, and waits until its editor has text. */
  async openFile(name: string): Promise<void> {
    await this.chooseFromQuickAccess('ControlOrMeta+P', '', name);
    await this.untilShown(name);
  }

  /** Waits until the active editor shows this file. Its tab is there before: until then the editor shows another one. */
  async untilShown(name: string): Promise<void> {
    await this.tab(name).and(this.page.locator('.active')).waitFor();
    const text = `.editor-instance .monaco-editor[data-uri$=${JSON.stringify(`/${name}`)}] .view-lines`;
    await this.page.locator('.editor-group-container.active').locator(text).waitFor();
  }

  /** The tab of an open editor, active or not. Its name is the one shown, such as a file's name. */
  tab(name: Visible): Locator {
    // A tab's label keeps a file's extension apart from its name.
    const label = this.page.locator('.monaco-icon-label-container', exactly(name));
    return this.page.locator('.tabs-container .tab').filter({ has: label });
  }

  /** Saves the active editor and waits until it is no longer dirty. */
  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
    await this.page.locator('.editor-group-container.active .tab.active.dirty').waitFor({ state: 'detached' });
  }

  // The text editor

  /** The text editor of the active group. */
  editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Puts the keyboard into the active editor, wherever it was, without moving the cursor. */
  async focusEditor(): Promise<void> {
    await this.page.locator('.editor-group-container.active .tab.active').click();
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
  }

  /** The lines that can be seen now, top to bottom. Lines that are scrolled away are missing. */
  async visibleText(): Promise<string> {
    const lines = await this.editor()
      .locator('.view-line')
      .evaluateAll((elements: DisplayedLine[]) => elements.map((each) => [each.style.top, each.textContent] as const));
    // VS Code reuses the elements: their order in the page is not that of the lines.
    return [...lines]
      .sort(([one], [other]) => parseFloat(one) - parseFloat(other))
      .map(([, text]) => text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /** Puts the cursor at the end of a line (the first is 1) and types there, as a person would: editors may help along. */
  async typeAtEndOfLine(line: number, text: string): Promise<void> {
    await this.goToLine(line);
    await this.page.keyboard.press('End');
    await this.page.keyboard.type(text);
  }

  /** Puts the cursor at the start of a line and makes it visible. */
  async goToLine(line: number): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('Control+G');
    const input = await this.quickInput();
    await input.fill(`:${line}`);
    await input.press('Enter');
    await this.quickInputGone();
    await this.page.locator('.part.statusbar').getByText(`Ln ${line}, Col`).waitFor();
    // Where the cursor was there before, the status bar says so before the keyboard is back in the editor.
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
  }

  /** A CodeLens in the active editor. Only those on lines that can be seen exist. */
  codeLens(text: Visible): Locator {
    return this.editor().locator('.codelens-decoration a', partly(text));
  }

  async clickCodeLens(text: Visible): Promise<void> {
    await this.codeLens(text).first().click();
  }

  /** An icon at the right of the editor's tabs. */
  editorAction(label: string): Locator {
    return this.page.locator(`.editor-group-container.active .editor-actions ${labelled(label)}`);
  }

  async clickEditorAction(label: string): Promise<void> {
    await this.editorAction(label).click();
  }

  // Views

  /** Shows a view container by its label in the activity bar. */
  async openViewContainer(label: string): Promise<void> {
    const item = this.page
      .locator('.part.activitybar .action-item')
      .filter({ has: this.page.locator(labelled(label)) });
    await item.waitFor();
    // A click on the one that is already shown would hide it.
    if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click();
    await this.page.locator('.part.sidebar .composite.title', { hasText: label }).waitFor();
  }

  /** A view in the side bar or the panel, by its title. Matches its whole pane, header included. */
  view(title: string): Locator {
    return this.page.locator('.pane').filter({ has: this.page.locator(`.pane-header${startingWith(title)}`) });
  }

  /** Opens a collapsed view. */
  async expandView(title: string): Promise<void> {
    const header = this.view(title).locator('.pane-header').first();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  /** Clicks an icon in a view's title. VS Code moves it up to the container's title where that has one view only. */
  async clickViewAction(title: string, label: string): Promise<void> {
    const view = this.view(title);
    const own = view.locator(`.pane-header .actions ${labelled(label)}`);
    const container = this.page.locator(`.part.sidebar .title .title-actions ${labelled(label)}`);
    await eventually(async () => {
      // The icons appear while the pointer is over the view.
      await view.hover();
      await own.or(container).first().click({ timeout: attemptMs });
    }, patienceMs);
  }

  /** A row of a tree in the side bar. A string is the row's own label, without its description; a pattern sees both. */
  treeRow(text: Visible, inView?: string): Locator {
    const within = inView === undefined ? this.page.locator('.part.sidebar') : this.view(inView);
    const rows = within.locator('.monaco-list-row[role="treeitem"]');
    if (text instanceof RegExp) return rows.filter({ hasText: text });
    return rows.filter({ has: this.page.locator('.label-name', exactly(text)) });
  }

  async expandTreeRow(text: Visible, inView?: string): Promise<void> {
    const row = this.treeRow(text, inView);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== 'false') return;
    await row.locator('.monaco-tl-twistie').click();
    await row.and(this.page.locator('[aria-expanded="true"]')).waitFor();
  }

  /** Clicks an icon that appears in a row while the pointer is over it. */
  async clickInlineAction(row: Locator, label: string): Promise<void> {
    await eventually(async () => {
      // The row may move away from under the pointer, as when a message appears above it.
      await row.hover();
      await row.locator(labelled(label)).click({ timeout: attemptMs });
    }, patienceMs);
  }

  /**
   * Does something with a row of a tree until the effect is there. While VS Code draws a tree anew, it knows its rows for
   * nobody: an extension's command that is started just then cannot tell what is meant, and may ask.
   */
  async untilTaken(act: () => Promise<void>, effect: () => Promise<unknown>): Promise<void> {
    await eventually(async () => {
      await act();
      try {
        await effect();
      } catch (error) {
        await this.page.keyboard.press('Escape');
        await this.quickInputGone();
        throw error;
      }
    }, patienceMs);
  }

  /** Chooses from a row's (or anything's) context menu. */
  async chooseFromContextMenu(target: Locator, item: Visible): Promise<void> {
    await target.click({ button: 'right' });
    // The item's accessible name ends with its key binding.
    const choice = this.page.locator('.monaco-menu .action-label', exactly(item));
    await choice.waitFor();
    await eventually(async () => {
      // A menu that has just opened takes no clicks yet.
      if (await choice.isVisible()) await choice.click({ timeout: attemptMs });
      await choice.waitFor({ state: 'detached', timeout: menuPatienceMs });
    }, patienceMs);
  }

  statusBarItem(text: Visible): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', partly(text));
  }

  /** Leaves Restricted Mode, through the workspace trust editor. */
  async trustWorkspace(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await this.statusBarItem('Restricted Mode').waitFor({ state: 'detached' });
    await this.closeTrustEditor();
  }

  /** It lies over the rest of the window. */
  async closeTrustEditor(): Promise<void> {
    await this.page.locator(`.modal-editor-header .action-label[aria-label^="Close"]`).click();
    await this.page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
  }

  // Notifications and dialogs

  /**
   * A notification, found by a part of its text: a toast, or an entry in the notification centre while that is open (no
   * toasts show then). Toasts without buttons fade after a few seconds.
   */
  notification(text: Visible): Locator {
    const items = ['.notification-toast', '.notifications-center'].map((place) => `${place} .notification-list-item`);
    return this.page.locator(items.join(', '), partly(text)).first();
  }

  /** Waits for a notification and returns all of its message. */
  async notificationText(text: Visible): Promise<string> {
    return this.withNotification(text, (notification) =>
      notification.locator('.notification-list-item-message').innerText({ timeout: attemptMs }),
    );
  }

  /** @param button the whole of its label, or a pattern */
  async answerNotification(text: Visible, button: Visible): Promise<void> {
    await this.withNotification(text, (notification) =>
      notification.getByRole('button', { name: button, exact: true }).click({ timeout: attemptMs }),
    );
  }

  /** Removes all notifications there are, so that the next one is the only one. */
  async clearNotifications(): Promise<void> {
    await eventually(async () => {
      await this.runCommand('Notifications: Clear All Notifications');
      // One more may have come meanwhile.
      await this.notification('').waitFor({ state: 'detached', timeout: attemptMs });
    }, patienceMs);
  }

  /** A toast may fade while it is looked at: then it is looked for again, in the notification centre. */
  private async withNotification<Result>(
    text: Visible,
    look: (notification: Locator) => Promise<Result>,
  ): Promise<Result> {
    return eventually(async () => look(await this.shownNotification(text)), patienceMs);
  }

  /**
   * Looks in the notification centre when no toast comes: VS Code shows at most three toasts within 800 ms, and one that
   * comes after them, or has faded, is in the centre only.
   */
  private async shownNotification(text: Visible): Promise<Locator> {
    const notification = this.notification(text);
    try {
      await notification.waitFor({ timeout: toastPatienceMs });
    } catch {
      await this.runCommand('Notifications: Show Notifications');
      await notification.waitFor();
    }
    return notification;
  }

  /** The modal dialog that is open. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Waits for a modal dialog, clicks one of its buttons, and returns what the dialog said (message and detail). */
  async answerDialog(button: string): Promise<string> {
    const dialog = this.dialog();
    const said = await dialog.locator('.dialog-message-container').innerText();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    return said;
  }

  // Quick picks and input boxes

  /**
   * The text field of the quick pick or input box that is open, password fields too.
   *
   * @param asking a part of its title, prompt or placeholder: says which one to wait for where one follows another
   */
  async quickInput(asking?: Visible, patience: { readonly timeout?: number } = {}): Promise<Locator> {
    const input = this.page.locator(quickInputField);
    if (asking === undefined) await input.waitFor(patience);
    else await this.quickInputAsking(asking).waitFor(patience);
    return input;
  }

  /** The choices that can be seen in the quick pick that is open. */
  async picks(): Promise<string[]> {
    await this.pickRows().first().waitFor();
    return this.pickRows().locator('.quick-input-list-label .label-name').allInnerTexts();
  }

  /** Chooses from a quick pick. `asking` as in {@link quickInput}. */
  async pick(label: Visible, asking?: Visible): Promise<void> {
    if (asking !== undefined) await this.quickInput(asking);
    await this.pickRow(label).click();
  }

  /** Types into an input box and accepts. `asking` as in {@link quickInput}. */
  async answerInput(text: string, asking?: Visible): Promise<void> {
    const input = await this.quickInput(asking);
    await input.fill(text);
    await input.press('Enter');
  }

  // Webviews

  /** Inside of the webview that can be seen: its own document, two frames down. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
  }

  // Problems

  /** Opens the Problems panel and returns its rows: a file's name and path, or a message with its source and place. */
  async problems(): Promise<string[]> {
    await this.openProblems();
    return this.page.locator('.markers-panel .monaco-list-row').allInnerTexts();
  }

  /** Opens the Problems panel and waits for a problem. */
  async problem(text: Visible): Promise<Locator> {
    await this.openProblems();
    const row = this.page.locator('.markers-panel .monaco-list-row', partly(text)).first();
    await row.waitFor();
    return row;
  }

  private async openProblems(): Promise<void> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.runCommand('Problems: Focus on Problems View');
    await panel.waitFor();
  }

  private async chooseFromQuickAccess(keys: string, prefix: string, choice: Visible): Promise<void> {
    await eventually(async () => {
      await this.page.keyboard.press(keys);
      const input = this.page.locator(quickInputField);
      await input.waitFor({ timeout: attemptMs });
      await input.fill(`${prefix}${typeable(choice)}`);
      try {
        await this.pickRow(choice).click({ timeout: attemptMs });
      } catch (error) {
        // The list is made when it opens: what has been registered since is in the next one.
        await this.page.keyboard.press('Escape');
        await this.quickInputGone();
        throw error;
      }
    }, patienceMs);
  }

  private pickRows(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  }

  private pickRow(label: Visible): Locator {
    return this.pickRows()
      .filter({ has: this.page.locator('.label-name', exactly(label)) })
      .first();
  }

  private quickInputAsking(asking: Visible): Locator {
    const widget = this.page.locator('.quick-input-widget:visible');
    const said = widget
      .locator('.quick-input-title, .quick-input-message, .quick-input-description')
      .filter(partly(asking));
    return said.or(widget.getByPlaceholder(asking)).first();
  }

  private async quickInputGone(): Promise<void> {
    await this.page.locator('.quick-input-widget:visible').waitFor({ state: 'hidden' });
  }
}

interface DisplayedLine {
  readonly style: { readonly top: string };
  readonly textContent: string;
}
