import assert from 'node:assert/strict';
import type { EnvironmentReading, GoodReading } from '../../../../src/core/promotion/types';
import type { EmptyAction } from '../../../../src/shared/matrixView';
import { clockTime } from '../../../../src/vscode/sentences/clockTime';
import type { FolderState } from '../../../../src/vscode/state/folderState';
import { environmentHealth, matrixView } from '../../../../src/vscode/views/matrixView';
import { aFlow, aRegistry, aState, anEnvironment } from '../../../support/builders';
import { assertSentences } from '../sentences/assertSentences';

describe('matrixView', () => {
  const dev = anEnvironment('dev', { promotesTo: 'test', isDefault: true });
  const test = anEnvironment('test', { label: 'Test', isProtected: true });
  const registry = aRegistry(dev, test);
  const orders = aFlow('orders');
  const all = { kind: 'all' } as const;

  const empties: readonly (readonly [string, FolderState, string, EmptyAction])[] = [
    [
      'no registry',
      aState(),
      'This folder has no pipebase.yaml, which lists its environments.',
      { label: 'Start Local Environments', command: 'startLocalEnvironments', folder: 'file:///work' },
    ],
    [
      'no registry in Restricted Mode',
      aState({ isTrusted: false }),
      'This folder has no pipebase.yaml, which lists its environments.',
      { label: 'Manage Workspace Trust', command: 'manageTrust' },
    ],
    [
      'a registry without environments',
      aState({ registry: aRegistry() }),
      'pipebase.yaml has no usable environment. The Problems panel says why.',
      { label: 'Open pipebase.yaml', command: 'openRegistry', folder: 'file:///work' },
    ],
    [
      'no flows',
      aState({ registry }),
      'No flows found. A flow is a file named <id>.camel.yaml, or flow.camel.yaml in a folder named <id>.',
      { label: 'New Flow', command: 'newFlow', folder: 'file:///work' },
    ],
  ];
  for (const [name, state, text, action] of empties) {
    it(`says what to do where there is ${name}`, () => {
      const [folder] = matrixView([{ name: 'work', state }], all).folders;
      assert.deepEqual(folder?.empty, { text, action });
      assertSentences(text);
    });
  }

  it('gives flows of one id, or of one name, their paths', () => {
    const flows = [
      aFlow('twin', '', { file: 'file:///work/a%20b/twin.camel.yaml', hasDuplicateId: true }),
      aFlow('x', '', { displayName: 'Same' }),
      aFlow('y', '', { displayName: 'Same' }),
      orders,
    ];
    const [folder] = matrixView([{ name: 'work', state: aState({ registry, flows }) }], all).folders;
    assert.deepEqual(
      folder?.flows.map(({ path }) => path),
      ['a b/twin.camel.yaml', 'x.camel.yaml', 'y.camel.yaml', undefined],
    );
    const [alone] = matrixView([{ name: 'work', state: aState({ registry, flows: flows.slice(1, 2) }) }], all).folders;
    assert.equal(alone?.flows[0]?.path, undefined, 'a row that was drawn before');
  });

  it('says what to do without a folder', () => {
    const view = matrixView([], all);
    assert.deepEqual(view.empty, {
      text: 'Open the folder that holds your Camel flows.',
      action: { label: 'Open Folder', command: 'openFolder' },
    });
    assert.deepEqual(view.folders, []);
  });

  it('leads back from a flow that is gone', () => {
    const scope = { kind: 'flow', folder: 'file:///work', flow: 'gone' } as const;
    const [folder] = matrixView([{ name: 'work', state: aState({ registry, flows: [orders] }) }], scope).folders;
    assert.equal(folder?.empty?.text, 'The flow gone is not in this workspace any more.');
    assert.equal(folder.empty.action?.command, 'showAll');
  });

  it('names folders only where there are several, and shows the one asked for', () => {
    const one = { name: 'one', state: aState({ registry, flows: [orders] }) };
    const other = { name: 'other', state: aState({ folder: 'file:///other', registry, flows: [aFlow('orders')] }) };
    const names = (view: ReturnType<typeof matrixView>): readonly unknown[] => view.folders.map(({ name }) => name);
    assert.deepEqual(names(matrixView([one], all)), [undefined]);
    assert.deepEqual(names(matrixView([one, other], all)), ['one', 'other']);
    const scope = { kind: 'flow', folder: 'file:///other', flow: 'orders' } as const;
    assert.deepEqual(names(matrixView([one, other], scope)), ['other']);
  });

  it('tells where a promotion goes round in a circle', () => {
    const circular = anEnvironment('dev', { promotesTo: 'test', cycle: ['dev', 'test', 'dev'] });
    const [folder] = matrixView(
      [{ name: 'work', state: aState({ registry: aRegistry(circular, test) }) }],
      all,
    ).folders;
    assert.deepEqual(folder?.environments[0]?.promotesTo, { id: 'test', label: 'Test', isCircle: true });
  });

  it('draws environments in the order of the registry, with what they lead to', () => {
    const [folder] = matrixView([{ name: 'work', state: aState({ registry, flows: [orders] }) }], all).folders;
    assert.deepEqual(
      folder?.environments.map(({ id, label, promotesTo, isDefault, isProtected }) => [
        id,
        label,
        promotesTo,
        isDefault,
        isProtected,
      ]),
      [
        ['dev', 'dev', { id: 'test', label: 'Test', isCircle: false }, true, false],
        ['test', 'Test', undefined, false, true],
      ],
    );
    assert.deepEqual(
      folder.flows[0]?.cells.map(({ environment }) => environment),
      ['dev', 'test'],
    );
  });

  it('is plain data that survives its way to the page', () => {
    const view = matrixView([{ name: 'work', state: aState({ registry, flows: [orders] }) }], all);
    assert.deepEqual(JSON.parse(JSON.stringify(view)), view);
  });
});

describe('environmentHealth', () => {
  const read = (flows: readonly string[], camelVersion?: string): GoodReading => ({
    kind: 'read',
    at: 0,
    flows: new Map(flows.map((id) => [id, { id }])),
    health: { status: 'UP', routes: [], ...(camelVersion === undefined ? {} : { camelVersion }) },
  });
  const failed: EnvironmentReading = { kind: 'failed', at: 0, reason: 'network', detail: 'connect ECONNREFUSED' };

  const cases: readonly (readonly [string, Partial<FolderState>, EnvironmentReading | undefined, string, string])[] = [
    ['nobody asked', {}, undefined, 'not-checked', 'Not checked yet'],
    [
      'nothing may be asked',
      { isTrusted: false },
      undefined,
      'not-checked',
      'Nothing is sent in Restricted Mode. Trust this workspace to see what runs.',
    ],
    ['it is being asked', { checking: new Set(['dev']) }, undefined, 'checking', 'Checking…'],
    ['it has nothing', {}, read([]), 'up', '0 flows'],
    ['it has one flow', {}, read(['a'], '4.14.0'), 'up', 'Camel 4.14.0 · 1 flow'],
    ['it has two', {}, read(['a', 'b']), 'up', '2 flows'],
    [
      'it is down',
      {},
      failed,
      'unreachable',
      'It does not answer. Check that the runtime runs and that its URL is right. Connect ECONNREFUSED.',
    ],
    [
      'another program has its port',
      { local: new Map([[anEnvironment('dev').url, 'another-program']]) },
      { kind: 'failed', at: 0, reason: 'no-token' },
      'unreachable',
      'Another program uses its port, so no local environment was started there. Start the local environments again when the port is free, or set the deploy token if that program is a runtime.',
    ],
    [
      'its health cannot be read',
      {},
      { kind: 'read', at: 0, flows: new Map(), healthFailure: 'server-error' },
      'degraded',
      'Health not known: server error · 0 flows',
    ],
    ['it is asked again: no flicker', { checking: new Set(['dev']) }, read(['a']), 'up', '1 flow'],
  ];
  for (const [name, change, reading, health, healthText] of cases) {
    it(`says so where ${name}`, () => {
      const readings = new Map(reading ? [['dev', reading]] : []);
      const { readText, ...said } = environmentHealth(aState({ readings, ...change }), anEnvironment('dev'));
      assert.deepEqual(said, { health, healthText });
      assert.equal(readText, reading?.kind === 'read' ? `as of ${clockTime(0)}` : '');
    });
  }

  it('says of when the last answer is, and stays red, where it does not answer any more', () => {
    const last = { ...read(['a']), at: Date.now() };
    const readings = new Map<string, EnvironmentReading>([['dev', { ...failed, last }]]);
    const said = environmentHealth(aState({ readings, checking: new Set(['dev']) }), anEnvironment('dev'));
    assert.deepEqual([said.health, said.readText], ['unreachable', `last answered ${clockTime(last.at)}`]);
  });
});
