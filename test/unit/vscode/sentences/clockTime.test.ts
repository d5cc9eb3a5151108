import assert from 'node:assert/strict';
import { clockTime } from '../../../../src/vscode/sentences/clockTime';

describe('clockTime', () => {
  const now = new Date(2026, 10, 23, 14, 32, 10).getTime();
  const shown = (at: Date) => clockTime(at.getTime(), now);

  it('is the time of day, to the minute, of what is of today', () => {
    assert.match(shown(new Date(2026, 10, 23, 9, 5, 59)), /^0?9[:.]05(\s?AM)?$/);
    assert.equal(shown(new Date(2026, 10, 23, 9, 5, 1)), shown(new Date(2026, 10, 23, 9, 5, 59)));
  });

  it('has the date of what is of another day', () => {
    for (const at of [new Date(2026, 10, 22, 14, 32), new Date(2025, 10, 23, 14, 32)]) {
      assert.match(shown(at), /\b2[23]\b.*[:.]32/);
      assert.match(shown(at), /2[56]/);
    }
  });
});
