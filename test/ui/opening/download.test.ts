import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from '../../host/findOnPath';
import { runCommand } from '../../host/runCommand';
import { type TemporaryFolder, temporaryFolder } from '../../host/temporaryFolder';
import { settled } from '../settled';
import { type Checkout, checkoutCopy } from './checkoutCopy';
import { type DownloadSite, downloadSite } from './downloadSite';
import { npmStart } from './npmStart';
import { standInWindow } from './standIns';

// The site and the VS Code that it has are stand-ins; what asks, downloads, unpacks, starts and ends is not.
// What the site has is for these.
const describeHere = process.platform === 'linux' && process.arch === 'x64' ? describe : describe.skip;

describeHere('A desktop VS Code that can be downloaded', () => {
  let checkout: Checkout;
  let root: TemporaryFolder;
  let site: DownloadSite;
  before(async () => {
    checkout = await checkoutCopy();
    root = temporaryFolder('pipebase-download');
    site = await downloadSite(join(root.path, 'site'));
  });
  after(async () => {
    await site.close();
    root.remove();
    checkout.remove();
  });

  /** A machine with a display, a new cache folder, and no VS Code. */
  const machine = (name: string): NodeJS.ProcessEnv => ({
    ...site.env,
    DISPLAY: ':0',
    XDG_CACHE_HOME: join(root.path, name),
    PATH: pathWithOnly(['node', 'npm', 'sh', 'tar', 'gzip'], join(root.path, `${name}-bin`)),
  });

  it('is downloaded by npm start, and opens the sample workspace', async () => {
    const started = npmStart(checkout.path, [], machine('start'));
    await started.said(/Using desktop VS Code: VS Code's download site answers\./);
    await started.said(/Press Ctrl-C to stop/);
    assert.ok(site.requests.includes('/archive.tar.gz'));
    const window = standInWindow(join(root.path, 'start', 'pipebase-vscode', 'start', 'user'));
    await settled(
      'the window is open',
      () => Promise.resolve(window.isOpen()),
      (isOpen) => isOpen,
    );
    started.pressCtrlC();
    await started.said(/VS Code has stopped\./);
    await started.ended;
    assert.ok(site.code.calls()[0]?.includes(`--extensionDevelopmentPath=${checkout.path}`));
  });

  it('is downloaded by npm run test:vscode, and runs its tests', async () => {
    const output = await runCommand('npm', ['run', 'test:vscode'], {
      cwd: checkout.path,
      env: { ...machine('test'), PIPEBASE_TEST_HOST: 'auto', PIPEBASE_VSCODE_VERSION: '' },
    });
    assert.match(output, /Testing in desktop VS Code \(stable\): VS Code's download site answers\./);
    const runs = site.code.calls().filter((args) => args.some((arg) => arg.startsWith('--extensionTestsPath=')));
    assert.ok(runs.length > 1);
    assert.match(output, new RegExp(`^${runs.length} passed, 0 failed$`, 'm'));
  });
});

function pathWithOnly(programs: readonly string[], folder: string): string {
  mkdirSync(folder);
  for (const name of programs)
    symlinkSync(findOnPath([name]) ?? assert.fail(`There is no ${name}.`), join(folder, name));
  return folder;
}
