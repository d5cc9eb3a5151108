import assert from 'node:assert/strict';
import { untilAborted } from '../../../../src/vscode/state/untilAborted';

describe('untilAborted', () => {
  const never = new Promise<void>(() => undefined);

  it('waits for the work', async () => {
    await untilAborted(Promise.resolve(), new AbortController().signal);
    await assert.rejects(untilAborted(Promise.reject(new Error('no')), new AbortController().signal), /no/);
  });

  it('ends with the signal, before and while it waits', async () => {
    await untilAborted(never, AbortSignal.abort());
    const controller = new AbortController();
    const waiting = untilAborted(never, controller.signal);
    controller.abort();
    await waiting;
  });
});
