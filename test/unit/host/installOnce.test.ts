import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce } from '../../host/installOnce';

describe('installOnce', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'install-once-'));
  });
  afterEach(() => {
    rmSync(cache, { recursive: true });
  });

  const fillWith =
    (text: string, meanwhile: () => Promise<void> = () => Promise.resolve()) =>
    async (staging: string): Promise<void> => {
      writeFileSync(join(staging, 'file'), text);
      await meanwhile();
    };

  it('fills a folder the first time only', async () => {
    await installOnce(join(cache, 'a'), fillWith('first'));
    await installOnce(join(cache, 'a'), fillWith('second'));
    assert.equal(readFileSync(join(cache, 'a', 'file'), 'utf8'), 'first');
  });

  it('leaves nothing of an install that failed', async () => {
    await assert.rejects(
      installOnce(
        join(cache, 'a'),
        fillWith('half', () => Promise.reject(new Error('no network'))),
      ),
    );
    assert.deepEqual(readdirSync(cache), []);
  });

  it('lets the first of two that install at once win', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow = installOnce(
      join(cache, 'a'),
      fillWith('slow', () => gate),
    );
    await installOnce(join(cache, 'a'), fillWith('fast'));
    release();
    await slow;
    assert.equal(readFileSync(join(cache, 'a', 'file'), 'utf8'), 'fast');
    assert.deepEqual(readdirSync(cache), ['a']);
  });
});
