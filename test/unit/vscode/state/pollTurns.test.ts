import assert from 'node:assert/strict';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { PollTurns } from '../../../../src/vscode/state/pollTurns';

describe('whose turn it is to be read', () => {
  /** What is read in each of `count` turns. */
  async function play(count: number, read: (place: string) => Promise<boolean>, places = ['dev', 'prod']) {
    const turns = new PollTurns();
    const readings: string[] = [];
    for (let index = 0; index < count; index++) {
      const now: string[] = [];
      turns.turn(places, (place) => {
        now.push(place);
        return read(place);
      });
      readings.push(now.join(' '));
      await turnOfTheLoop();
    }
    return readings;
  }

  it('is everybody’s, every time, where all answer', async () => {
    assert.deepEqual(await play(3, () => Promise.resolve(true)), ['dev prod', 'dev prod', 'dev prod']);
  });

  it('is every time the others’ while one hangs, which is asked once', async () => {
    const hanging = new Promise<boolean>(() => undefined);
    const readings = await play(4, (place) => (place === 'dev' ? hanging : Promise.resolve(true)));
    assert.deepEqual(readings, ['dev prod', 'prod', 'prod', 'prod']);
  });

  for (const [how, fail] of [
    ['fails', () => Promise.resolve(false)],
    ['breaks', () => Promise.reject(new Error('broken'))],
  ] as const) {
    it(`comes more and more seldom to one that ${how}, and to no other`, async () => {
      const readings = await play(40, (place) => (place === 'dev' ? fail() : Promise.resolve(true)));
      const asked = readings.flatMap((reading, turn) => (reading.includes('dev') ? [turn] : []));
      assert.deepEqual(asked, [0, 2, 6, 14, 24, 34]);
      assert.ok(readings.every((reading) => reading.endsWith('prod')));
    });
  }

  it('comes every time again once it answers, and has forgotten what was before', async () => {
    const answers = [false, false, true, true, false];
    const readings = await play(11, () => Promise.resolve(answers.shift() ?? true), ['dev']);
    assert.deepEqual(readings, ['dev', '', 'dev', '', '', '', 'dev', 'dev', 'dev', '', 'dev']);
  });
});
