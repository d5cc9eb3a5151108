import assert from 'node:assert/strict';
import type { EnvironmentReading, GoodReading } from '../../../../src/core/promotion/types';
import type { CellView } from '../../../../src/shared/matrixView';
import { clockTime } from '../../../../src/vscode/sentences/clockTime';
import { cellReadText } from '../../../../src/vscode/views/readText';
import { aState } from '../../../support/builders';

describe('cellReadText', () => {
  const good: GoodReading = { kind: 'read', at: 0, flows: new Map() };
  const failed: EnvironmentReading = { kind: 'failed', at: 1, reason: 'network', last: good };

  function said(state: CellView['state'], reading?: EnvironmentReading, checking = new Set<string>()): string {
    const readings = new Map(reading ? [['dev', reading]] : []);
    return cellReadText(aState({ readings, checking }), {
      environment: 'dev',
      state,
      label: '',
      reason: '',
      actions: [],
    });
  }

  it('says of when a state is, and still does while it is read again', () => {
    assert.equal(said('in-sync', good), `as of ${clockTime(0)}`);
    assert.equal(said('in-sync', good, new Set(['dev'])), `as of ${clockTime(0)}`);
  });

  it('says when the last answer came where what was sent since cannot be read', () => {
    assert.equal(said('unknown', failed), `last answered ${clockTime(0)}`);
  });

  it('says nothing where nothing was read, or where the reason says it', () => {
    assert.equal(said('unknown'), '');
    assert.equal(said('unknown', undefined, new Set(['dev'])), '');
    assert.equal(said('unreachable', failed), '');
  });
});
