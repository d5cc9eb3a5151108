import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packedReadme } from '../../host/packedReadme';
import { repositoryFolder } from '../../host/repositoryFolder';

describe('packedReadme', () => {
  it('leaves out the pictures that are not packed', () => {
    assert.equal(packedReadme('Before.\n\n![A picture](media/a.png)\n\nAfter.\n'), 'Before.\n\nAfter.\n');
  });

  it('keeps the words of links to files, and all other links', () => {
    const text = 'See [`it`](.github/IT.md), [MIT](LICENSE), [Camel](https://camel.apache.org/) and [below](#below).';
    const packed = 'See `it`, MIT, [Camel](https://camel.apache.org/) and [below](#below).';
    assert.equal(packedReadme(text), packed);
  });

  it('leaves nothing in README.md that leads nowhere', () => {
    const packed = packedReadme(readFileSync(join(repositoryFolder, 'README.md'), 'utf8'));
    const targets = [...packed.matchAll(/\]\(([^)]*)\)/g)].map(([, target = '']) => target);
    assert.ok(targets.length > 3);
    assert.deepEqual(
      targets.filter((target) => !/^(https:\/\/|#)/.test(target)),
      [],
    );
  });
});
