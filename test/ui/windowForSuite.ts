import { evidenceOnFailure } from '../host/evidenceOnFailure';
import { VscodeDriver } from '../host/vscodeDriver';
import { type VscodeWindow, type WindowOptions, openWindow } from '../host/window';
import { Matrix } from './matrix';
import { packagedExtension } from './packagedExtension';

export interface OpenedWindow {
  readonly window: VscodeWindow;
  readonly driver: VscodeDriver;
  readonly matrix: Matrix;
}

/**
 * For a mocha suite: one window for all of its tests, opened before the first and closed after the last.
 *
 * @param prepare makes the workspace; called before the window opens
 */
export function windowForSuite(prepare: () => Promise<Omit<WindowOptions, 'vsix'>>): () => OpenedWindow {
  let opened: OpenedWindow | undefined;
  before('open a window', async () => {
    const window = await openWindow({ vsix: packagedExtension(), ...(await prepare()) });
    const driver = new VscodeDriver(window.page);
    opened = { window, driver, matrix: new Matrix(driver) };
  });
  evidenceOnFailure(() => opened?.window);
  after('close the window', async () => {
    await opened?.window.close();
  });
  return () => {
    if (!opened) throw new Error('The window is not open.');
    return opened;
  };
}
