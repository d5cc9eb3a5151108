import assert from 'node:assert/strict';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { PollTurns, type PollPlace } from '../../../../src/vscode/state/pollTurns';

describe('whose turn it is to be read', () => {
  /** Resolves to whether it answers. */
  type Read = (key: string) => Promise<boolean>;
  interface Place extends PollPlace {
    key: string;
    isWell: boolean;
  }
  interface Options {
    readonly keys?: readonly string[];
    /** Something happens to the first place before a turn. */
    readonly before?: (turn: number, first: Place) => void;
  }

  function placeOf(key: string, read: Read): Place {
    const place = {
      key,
      isWell: false,
      answers: () => place.isWell,
      read: async () => {
        place.isWell = await read(key);
      },
    };
    return place;
  }

  /** What is read in each of `count` turns. */
  async function play(count: number, read: Read, { keys = ['dev', 'prod'], before }: Options = {}): Promise<string[]> {
    const turns = new PollTurns();
    const asked: string[] = [];
    const note: Read = (key) => {
      asked.push(key);
      return read(key);
    };
    const places = keys.map((key) => placeOf(key, note));
    const readings: string[] = [];
    for (let turn = 0; turn < count; turn++) {
      if (places[0]) before?.(turn, places[0]);
      turns.turn(places);
      readings.push(asked.splice(0).join(' '));
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
    const readings = await play(11, () => Promise.resolve(answers.shift() ?? true), { keys: ['dev'] });
    assert.deepEqual(readings, ['dev', '', 'dev', '', '', '', 'dev', 'dev', 'dev', '', 'dev']);
  });

  it('comes at once to one that has answered to somebody else, and has forgotten what was before', async () => {
    const answers = [false, false, false, false];
    const readings = await play(8, () => Promise.resolve(answers.shift() ?? true), {
      keys: ['dev'],
      before: (turn, dev) => {
        if (turn === 4) dev.isWell = true;
      },
    });
    assert.deepEqual(readings, ['dev', '', 'dev', '', 'dev', '', 'dev', '']);
  });

  it('comes at once to one that is reached otherwise', async () => {
    const readings = await play(5, () => Promise.resolve(false), {
      keys: ['dev'],
      before: (turn, dev) => {
        if (turn === 3) dev.key = 'dev, elsewhere';
      },
    });
    assert.deepEqual(readings, ['dev', '', 'dev', 'dev', '']);
  });
});
