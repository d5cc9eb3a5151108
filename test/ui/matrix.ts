import type { FrameLocator, Locator } from 'playwright-core';
import type { VscodeDriver } from '../host/vscodeDriver';
import { settled } from './settled';

/** A row of a flow's promotion matrix, as a person reads it. */
export interface ReadRow {
  readonly environment: string;
  readonly state: string;
  readonly reason: string;
  /** The words on the buttons, left to right. */
  readonly actions: readonly string[];
}

/** The promotion matrix that is open in the window. */
export class Matrix {
  constructor(private readonly driver: VscodeDriver) {}

  get page(): FrameLocator {
    return this.driver.webview();
  }

  // One flow: a row per environment

  row(environment: string): Locator {
    return this.page.locator('.one-flow .row.environment').filter({
      has: this.page.locator('.environment-label', { hasText: new RegExp(`^${environment}$`) }),
    });
  }

  badge(environment: string): Locator {
    return this.row(environment).locator('.badge');
  }

  /** All at one moment: between two looks the page may be drawn anew. */
  async rows(): Promise<ReadRow[]> {
    const rows = await this.page
      .locator('.one-flow .row.environment')
      .evaluateAll((all: DrawnElement[]) =>
        all.map((row) =>
          ['.environment-label', '.badge', '.reason', '.actions-cell vscode-button'].map((part) =>
            Array.from(row.querySelectorAll(part), ({ textContent }) => textContent.trim()),
          ),
        ),
      );
    return rows.map(([environment = [], state = [], reason = [], actions = []]) => ({
      environment: environment.join(' '),
      state: state.join(' '),
      reason: reason.join(' '),
      actions,
    }));
  }

  /** Waits until the rows say this, and returns all that they say. */
  async shows(states: Readonly<Record<string, string>>): Promise<ReadRow[]> {
    const wanted = Object.entries(states);
    return settled(
      `the matrix shows ${JSON.stringify(states)}`,
      () => this.rows(),
      (rows) =>
        wanted.every(([environment, state]) =>
          rows.some((row) => row.environment === environment && row.state === state),
        ),
    );
  }

  async click(environment: string, action: string): Promise<void> {
    await this.row(environment)
      .locator('vscode-button', { hasText: new RegExp(`^\\s*${action}\\s*$`) })
      .click();
  }

  // All flows: a row per flow, a column per environment

  cell(flow: string, environment: string): Locator {
    return this.page
      .locator(`.all-flows .row.flow[data-row=${JSON.stringify(flow)}]`)
      .locator(`.cell[data-cell=${JSON.stringify(environment)}]`);
  }

  async cellShows(flow: string, environment: string, state: string): Promise<void> {
    await this.cell(flow, environment).locator('.state', { hasText: state }).waitFor();
  }

  /** An icon that appears while the pointer is over the cell. */
  async clickInCell(flow: string, environment: string, action: string): Promise<void> {
    const cell = this.cell(flow, environment);
    await cell.hover();
    await cell.locator(`button[title=${JSON.stringify(action)}]`).click();
  }

  async flowStatus(): Promise<string> {
    return this.page.locator('.flow-summary .status').innerText();
  }
}

/** The page's own type; these sources are not compiled for a browser. */
interface DrawnElement {
  readonly textContent: string;
  querySelectorAll(selector: string): ArrayLike<DrawnElement>;
}
