import assert from 'node:assert/strict';
import { packageFaults } from '../../support/packageFaults';

const whole = `package.json out/README.md CHANGELOG.md LICENSE
  media/icon.png media/matrix-dark.svg media/matrix-light.svg media/pipebase.svg
  dist/app.js dist/extension.js dist/transport.js
  dist/schemas/pipebase.schema.json dist/webview/matrix.css dist/webview/matrix.js`.split(/\s+/);

describe('packageFaults', () => {
  it('finds none in the whole package, in any order', () => {
    assert.deepEqual(packageFaults([...whole].reverse()), []);
  });

  it('names what is missing', () => {
    const faults = packageFaults(whole.filter((file) => !/css|svg/.test(file)));
    assert.match(
      faults.join(),
      /^These files are missing .+: media.+svg, media.+svg, media.+svg, dist.+matrix\.css\.$/,
    );
  });

  it('names what does not belong into it', () => {
    const faults = packageFaults([...whole, 'dist/app.js.map', 'src/extension.ts']);
    assert.deepEqual(faults, ['These files do not belong into the package: dist/app.js.map, src/extension.ts.']);
  });
});
