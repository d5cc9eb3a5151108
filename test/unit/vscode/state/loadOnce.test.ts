import assert from 'node:assert/strict';
import { LoadOnce } from '../../../../src/vscode/state/loadOnce';

describe('what is loaded once', () => {
  let loads: { readonly end: (value: string) => void; readonly fail: (error: Error) => void }[];
  let once: LoadOnce<string>;

  beforeEach(() => {
    loads = [];
    once = new LoadOnce(
      () =>
        new Promise((end, fail) => {
          loads.push({ end, fail });
        }),
    );
  });

  it('is the same for everybody, and for nobody before one asks', async () => {
    assert.equal(once.begun, undefined);
    const asked = [once.get(), once.get()];
    loads[0]?.end('one');
    assert.deepEqual(await Promise.all([...asked, once.get()]), ['one', 'one', 'one']);
    assert.equal(once.begun, once.get());
    assert.equal(loads.length, 1);
  });

  it('is tried again by the next one who asks after it failed', async () => {
    const asked = [once.get(), once.get()];
    loads[0]?.fail(new Error('no'));
    for (const one of asked) await assert.rejects(one, /no/);
    assert.equal(once.begun, undefined);
    const again = once.get();
    loads[1]?.end('two');
    assert.equal(await again, 'two');
  });

  it('is loaded anew where that is asked for, whatever becomes of the one before', async () => {
    const old = once.get();
    const anew = once.again();
    loads[0]?.fail(new Error('no'));
    await assert.rejects(old, /no/);
    assert.equal(once.get(), anew);
    loads[1]?.end('two');
    assert.equal(await once.get(), 'two');
  });
});
