import assert from 'node:assert/strict';
import { chooseHost, hasDisplay } from '../../host/chooseHost';

const nothingAsked = {
  canShowWindows: () => assert.fail('asked for a display'),
  canDownload: () => assert.fail('probed the download site'),
};

describe('chooseHost', () => {
  for (const wanted of ['desktop', 'server'] as const) {
    it(`takes ${wanted} without probing anything when told to`, async () => {
      const choice = await chooseHost(wanted, 'PIPEBASE_TEST_HOST', nothingAsked);
      assert.deepEqual(choice, { host: wanted, why: 'asked for by PIPEBASE_TEST_HOST' });
    });
  }

  for (const wanted of [undefined, '', 'auto']) {
    it(`takes the desktop for ${JSON.stringify(wanted)} where it can be downloaded and shown`, async () => {
      const choice = await chooseHost(wanted, 'X', {
        canShowWindows: () => true,
        canDownload: () => Promise.resolve(true),
      });
      assert.equal(choice.host, 'desktop');
    });
  }

  it('takes the server build where the download site does not answer', async () => {
    const choice = await chooseHost('auto', 'X', {
      canShowWindows: () => true,
      canDownload: () => Promise.resolve(false),
    });
    assert.equal(choice.host, 'server');
    assert.match(choice.why, /cannot be reached/);
  });

  it('takes an installed desktop without probing the download site', async () => {
    const choice = await chooseHost('auto', 'X', {
      ...nothingAsked,
      canShowWindows: () => true,
      isInstalled: () => true,
    });
    assert.equal(choice.host, 'desktop');
  });

  it('takes the server build without a display', async () => {
    const choice = await chooseHost('auto', 'X', { ...nothingAsked, canShowWindows: () => false });
    assert.match(choice.why, /no display/);
  });

  it('says what can be chosen when it does not know the choice', async () => {
    await assert.rejects(chooseHost('cloud', 'PIPEBASE_TEST_HOST', nothingAsked), {
      message: 'PIPEBASE_TEST_HOST is "cloud"; it can be desktop, server or auto.',
    });
  });
});

describe('hasDisplay', () => {
  it('asks X and Wayland on Linux only', () => {
    assert.equal(hasDisplay('linux', {}), false);
    assert.equal(hasDisplay('linux', { DISPLAY: ':99' }), true);
    assert.equal(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' }), true);
    assert.equal(hasDisplay('darwin', {}), true);
    assert.equal(hasDisplay('win32', {}), true);
  });
});
