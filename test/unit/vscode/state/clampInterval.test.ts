import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { clampInterval } from '../../../../src/vscode/state/clampInterval';

describe('the pause between two readings', () => {
  for (const [seconds, pauseMs] of [
    [30, 30_000],
    [5, 5_000],
    [0.001, 5_000],
    [3600, 3_600_000],
    // The most that a timer holds is 2147483647 ms; with more it fires every millisecond.
    [2_147_484, 3_600_000],
    [Infinity, 3_600_000],
    [0, 0],
    [-1, 0],
    [NaN, 0],
  ] as const) {
    it(`is ${pauseMs} ms where the setting says ${seconds} s`, () => {
      assert.equal(clampInterval(seconds), pauseMs);
    });
  }

  it('is at most what package.json says', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { maximum: number }> } };
    };
    const { maximum } = contributes.configuration.properties['pipebase.refresh.intervalSeconds'] ?? assert.fail();
    assert.equal(clampInterval(maximum + 1), maximum * 1000);
  });
});
