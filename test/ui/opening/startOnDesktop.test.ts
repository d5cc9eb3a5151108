import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '../../host/temporaryFolder';
import { settled } from '../settled';
import { type Checkout, checkoutCopy } from './checkoutCopy';
import { type NpmStart, npmStart } from './npmStart';
import { type StandIn, standInCode, standInWindow } from './standIns';

// A desktop VS Code cannot be had everywhere: a program of that name stands in for it, and what it is asked to do is seen.
// On Windows a stand-in would have to be a batch file, and no signal can be sent as Ctrl-C does.
const describeHere = process.platform === 'win32' ? describe.skip : describe;

describeHere('npm start, with a desktop VS Code', () => {
  let checkout: Checkout;
  let root: TemporaryFolder;
  let code: StandIn;
  let started: NpmStart;
  before(async () => {
    checkout = await checkoutCopy();
  });
  beforeEach(() => {
    root = temporaryFolder('pipebase-start');
    code = standInCode(join(root.path, 'bin', 'code'));
    started = npmStart(checkout.path, [], { XDG_CACHE_HOME: root.path, DISPLAY: ':0', PATH: code.path });
  });
  afterEach(async () => {
    await started.kill();
    root.remove();
  });
  after(() => {
    checkout.remove();
  });

  const cache = (): string => join(root.path, 'pipebase-vscode');
  const window = (): ReturnType<typeof standInWindow> => standInWindow(join(cache(), 'start', 'user'));
  const opened = (): Promise<boolean> =>
    settled(
      'the window is open',
      () => Promise.resolve(window().isOpen()),
      (isOpen) => isOpen,
    );

  it('opens the one that is installed on the sample workspace, with the extension built', async () => {
    await started.said(/Using desktop VS Code: VS Code is installed\./);
    await started.said(/Press Ctrl-C to stop/);
    await opened();
    const [args = [], ...others] = code.calls();
    assert.deepEqual(others, []);
    const workspace = join(cache(), 'sample-workspace');
    assert.equal(args.at(-1), workspace);
    assert.ok(existsSync(join(workspace, 'pipebase.yaml')));
    assert.ok(args.includes(`--extensionDevelopmentPath=${checkout.path}`), args.join(' '));
    assert.ok(existsSync(join(checkout.path, 'dist', 'extension.js')));
    // Its own settings and extensions, not the person's.
    assert.equal(args[args.indexOf('--user-data-dir') + 1], join(cache(), 'start', 'user'));
    const settings = readFileSync(join(cache(), 'start', 'user', 'User', 'settings.json'), 'utf8');
    assert.match(settings, /"telemetry.telemetryLevel": "off"/);
    window().close();
    assert.equal(await started.ended, 0);
    assert.match(started.output(), /VS Code was closed\./);
  });

  it('closes the window on Ctrl-C', async () => {
    await started.said(/Press Ctrl-C to stop/);
    await opened();
    started.pressCtrlC();
    await started.said(/VS Code has stopped\./);
    assert.equal(window().isOpen(), false);
    await started.ended;
  });
});
