import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Flow } from '../../../../src/core/flows/types';
import type { FlowContent } from '../../../../src/core/operations/flowContent';
import { gate, type Operation } from '../../../../src/core/promotion/gate';
import { cellOf, situationOf } from '../../../../src/core/promotion/promotionState';
import type { CellView } from '../../../../src/shared/matrixView';
import type { FolderState } from '../../../../src/vscode/state/folderState';
import { environmentHealth } from '../../../../src/vscode/views/matrixView';
import { rowView } from '../../../../src/vscode/views/rowView';
import { assertSentences } from '../sentences/assertSentences';
import { arbitraryState } from './arbitraryState';

/** What a cell offers, in short: `deploy dev`, `promote dev`, `undeploy dev`, `setToken dev`. */
function offered({ actions }: CellView): readonly string[] {
  return actions.map(
    ({ message }) => `${message.kind} ${message.kind === 'promote' ? message.from : message.environment}`,
  );
}

/** What a cell should offer, from the gate alone and the exceptions that the page's rules name. */
function expected(state: FolderState, flow: Flow, id: string): readonly string[] {
  const situation = situationOf(state, flow.id);
  const cell = situation.cell(id);
  const allows = (operation: Operation): boolean => gate(operation, situation).isAllowed;
  if (situation.running(id)) return [];
  const isUnread = cell.state === 'unknown' && cell.reason === 'write-outcome-unread';
  const why = isUnread ? cell.unreachable : cell.state === 'unreachable' ? cell.reason : '';
  const place = state.local?.get(environmentUrl(state, id)) ?? '';
  const isOwn = ['this-window', 'another-window'].includes(place);
  const isOver = ['stopped', 'another-window'].includes(place);
  if (['no-token', 'network'].includes(why) && isOver) return [`startLocal ${id}`];
  if (why === 'unauthorized' && isOwn) return [];
  if (['no-token', 'unauthorized'].includes(why)) return [`setToken ${id}`];
  const sources = (state.registry?.environments ?? []).filter(({ promotesTo }) => promotesTo === id);
  const isDone = cell.state === 'in-sync' && !state.unsaved.has(flow.file);
  return [
    ...sources.filter((from) => allows({ kind: 'promote', from: from.id })).map((from) => `promote ${from.id}`),
    ...(allows({ kind: 'deploy', environment: id }) && !isDone ? [`deploy ${id}`] : []),
    ...(allows({ kind: 'undeploy', environment: id }) ? [`undeploy ${id}`] : []),
  ];
}

function environmentUrl({ registry }: FolderState, id: string): string {
  return registry?.environments.find((environment) => environment.id === id)?.url ?? '';
}

describe('rowView', () => {
  it('says in each cell of an environment that cannot be reached what the environment says', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(arbitraryState, ({ state, flow }) => {
        const { cells } = rowView(state, flow);
        for (const environment of state.registry?.environments ?? []) {
          const { health, healthText } = environmentHealth(state, environment);
          const cell = cells.find((each) => each.environment === environment.id);
          const isKnown = state.contents.get(flow)?.has(environment.id);
          if (health !== 'unreachable' || !cell || !isKnown) continue;
          assert.ok(cell.reason.includes(healthText), `${cell.reason} has not ${healthText}`);
          seen.add(cell.state);
        }
      }),
      { numRuns: 700, seed: 1 },
    );
    assert.deepEqual([...seen].sort(), ['unknown', 'unreachable']);
  });

  it('offers an action exactly where the gate allows it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(arbitraryState, ({ state, flow }) => {
        for (const cell of rowView(state, flow).cells) {
          assert.deepEqual(offered(cell), expected(state, flow, cell.environment));
          for (const { message } of cell.actions) seen.add(message.kind);
        }
      }),
      { numRuns: 700, seed: 1 },
    );
    assert.deepEqual(
      [...seen].sort(),
      ['deploy', 'promote', 'setToken', 'startLocal', 'undeploy'],
      'the states are too dull',
    );
  });

  it('says In sync for nothing but what is, and names every action in full', () => {
    fc.assert(
      fc.property(arbitraryState, ({ state, flow }) => {
        const environments = state.registry?.environments ?? [];
        rowView(state, flow).cells.forEach((view, index) => {
          const environment = environments[index];
          assert.ok(environment);
          const { state: actual } = cellOf(state, flow, environment);
          assert.equal(view.label === 'In sync', actual === 'in-sync');
          assert.equal(view.label === 'Not deployed', actual === 'not-deployed');
          for (const { description, label, message } of view.actions) {
            assert.ok(description.includes(environment.label), description);
            assert.ok(['setToken', 'startLocal'].includes(message.kind) || description.includes('Orders'), description);
            assert.doesNotMatch(`${label}|${description}`, /undefined| {2}/);
          }
          if (view.reason !== '') assertSentences(view.reason);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('tells what was when an environment last answered, and never as what is', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(arbitraryState, ({ state, flow }) => {
        for (const { environment, state: shown, reason, label } of rowView(state, flow).cells) {
          const reading = state.readings.get(environment);
          const time = /[Ii]t last answered,? at [^:]+:[^:.]+(?:: (.+))?\.$/.exec(reason);
          assert.equal(time !== null, shown === 'unreachable' && reading?.kind === 'failed' && !!reading.last);
          if (time === null) continue;
          assert.equal(label, 'Unreachable');
          told.add(time[1] ?? 'nothing');
        }
      }),
      { numRuns: 300, seed: 1 },
    );
    assert.deepEqual([...told].sort(), ['in sync', 'nothing', 'stale']);
  });

  it('is bright for at most one way forward, and never for a deploy past an upstream', () => {
    fc.assert(
      fc.property(arbitraryState, ({ state, flow }) => {
        for (const { actions, environment } of rowView(state, flow).cells) {
          const isDownstream = state.registry?.environments.some(({ promotesTo }) => promotesTo === environment);
          for (const { message, emphasis } of actions) {
            if (message.kind === 'undeploy') assert.equal(emphasis, 'secondary');
            if (message.kind === 'deploy') assert.equal(emphasis, isDownstream ? 'secondary' : 'primary');
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never shows a row of before: with any one part of the state changed it is as if made anew', () => {
    const parts = [
      'registry',
      'readings',
      'checking',
      'running',
      'isTrusted',
      'unsaved',
      'contents',
      'memory',
      'local',
    ] as const;
    fc.assert(
      fc.property(arbitraryState, arbitraryState, fc.constantFrom(...parts), ({ state, flow }, other, part) => {
        rowView(state, flow);
        const content = other.state.contents.get(other.flow) ?? new Map<string, FlowContent>();
        const changed: FolderState = {
          ...state,
          ...(part === 'memory' ? {} : { [part]: other.state[part] }),
          ...(part === 'contents' ? { contents: new Map([[flow, content]]) } : {}),
        };
        if (part === 'memory') forgetDeployments(state, flow);
        const copy: Flow = { ...flow };
        const contents = new Map([[copy, changed.contents.get(flow) ?? new Map<string, FlowContent>()]]);
        assert.deepEqual(rowView(changed, flow), rowView({ ...changed, flows: [copy], contents }, copy), part);
      }),
      { numRuns: 700 },
    );
  });

  it('is the same object while nothing that it shows has changed', () => {
    fc.assert(
      fc.property(arbitraryState, ({ state, flow }) => {
        assert.equal(rowView(state, flow), rowView({ ...state, flows: [...state.flows] }, flow));
      }),
      { numRuns: 50 },
    );
  });
});

/** What an undeploy does to the one memory that a window has. */
function forgetDeployments({ memory, folder, registry }: FolderState, flow: Flow): void {
  for (const { id, origin } of registry?.environments ?? []) {
    const place = { folder, flow: flow.id, environment: id, origin };
    memory.add({ phase: 'ended', id: 'x', at: 1, action: 'undeploy', ...place, outcome: 'succeeded', durationMs: 1 });
  }
}
