// Takes the pictures of the documentation: tsx test/ui/takePictures.ts [folder]
// The dark ones go to media/screenshots, or into the folder that is named; those of every theme to out/test-results.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Theme, themes } from '../host/quietSettings';
import { repositoryFolder } from '../host/repositoryFolder';
import { VscodeDriver } from '../host/vscodeDriver';
import { openWindow } from '../host/window';
import { Matrix } from './matrix';
import { midPromotion } from './midPromotion';
import { packagedExtension } from './packagedExtension';
import { sampleWorkspace } from './sampleWorkspace';
import type { OpenedWindow } from './windowForSuite';

const documented: Theme = 'dark';

async function takePictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const theme of Object.keys(themes) as Theme[]) {
    const { matrix, flow } = await picturesIn(theme);
    console.log(`${matrix}\n${flow}`);
    if (theme !== documented) continue;
    copyFileSync(matrix, join(folder, 'matrix.png'));
    copyFileSync(flow, join(folder, 'flow.png'));
  }
}

async function picturesIn(theme: Theme): Promise<{ matrix: string; flow: string }> {
  const sample = await sampleWorkspace(true);
  const window = await openWindow({ vsix: packagedExtension(), workspace: sample.path, theme });
  const driver = new VscodeDriver(window.page);
  const opened = { window, driver, matrix: new Matrix(driver) };
  try {
    // What stands there is not the extension's.
    await driver.runCommand('View: Toggle Status Bar Visibility');
    await midPromotion(opened);
    await opened.matrix.cell('orders', 'prod').hover();
    const matrix = await window.screenshot(`pictures/${theme}-matrix`);
    await showFlow(opened);
    await restPointer(opened);
    return { matrix, flow: await window.screenshot(`pictures/${theme}-flow`) };
  } finally {
    await window.close();
    sample.remove();
  }
}

/** A flow in its editor, and its matrix beside it. */
async function showFlow({ driver, matrix }: OpenedWindow): Promise<void> {
  await driver.runCommand('View: Close All Editors');
  await driver.openFile('orders.camel.yaml');
  await driver.clickCodeLens('Promotion Matrix');
  await matrix.shows({ staging: 'In sync', prod: 'Not deployed' });
  await driver.runCommand('View: Toggle Primary Side Bar Visibility');
  await driver.tab('orders.camel.yaml').click();
  await driver.codeLens('dev: In sync').first().waitFor();
}

/** Over nothing that answers to it. */
async function restPointer({ window, driver }: OpenedWindow): Promise<void> {
  await window.page.mouse.move(20, 600);
  await driver.editorAction('Open Promotion Matrix').waitFor();
}

takePictures(resolve(process.argv[2] ?? join(repositoryFolder, 'media', 'screenshots'))).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
