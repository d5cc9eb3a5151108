import assert from 'node:assert/strict';
import type { PageMessage } from '../../../../src/shared/messages';
import { pageMessageSchema, pageStateSchema } from '../../../../src/vscode/views/pageMessageSchema';

const intent = { kind: 'deploy', folder: 'file:///work', flow: 'orders', environment: 'dev' } as const;

const accepted: readonly PageMessage[] = [
  { type: 'ready' },
  { type: 'refresh' },
  { type: 'scope', scope: { kind: 'all' } },
  { type: 'scope', scope: { kind: 'flow', folder: 'file:///work', flow: 'orders' } },
  { type: 'openYaml', folder: 'file:///work', flow: 'orders' },
  { type: 'setToken', folder: 'file:///work', environment: 'dev' },
  { type: 'command', command: 'openFolder' },
  { type: 'command', command: 'openRegistry', folder: 'file:///work' },
  { type: 'command', command: 'newFlow', folder: 'file:///work' },
  { type: 'intent', intent },
  { type: 'intent', intent: { kind: 'promote', folder: 'file:///work', flow: 'orders', from: 'dev' } },
  { type: 'intent', intent: { ...intent, kind: 'undeploy' } },
];

const refused: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['a text', 'ready'],
  ['an unknown type', { type: 'eval', code: 'x' }],
  ['a command of VS Code', { type: 'command', command: 'workbench.action.terminal.new' }],
  ['a command about no text', { type: 'command', command: 'newFlow', folder: 1 }],
  ['a command about nothing', { type: 'command', command: 'newFlow', folder: undefined }],
  ['a command with a flow', { type: 'command', command: 'newFlow', folder: 'f', flow: 'orders' }],
  ['a key too many', { type: 'ready', command: 'x' }],
  ['a key too many in an intent', { type: 'intent', intent: { ...intent, force: true } }],
  ['an intent without its environment', { type: 'intent', intent: { kind: 'deploy', folder: 'f', flow: 'orders' } }],
  ['an unknown kind of intent', { type: 'intent', intent: { ...intent, kind: 'delete' } }],
  ['a number for a flow', { type: 'openYaml', folder: 'f', flow: 1 }],
  ['an empty id', { type: 'setToken', folder: 'f', environment: '' }],
  ['an endless id', { type: 'openYaml', folder: 'f', flow: 'x'.repeat(5000) }],
  ['a list', [{ type: 'ready' }]],
];

describe('what the matrix page sends', () => {
  for (const message of accepted) {
    it(`is taken as it is: ${JSON.stringify(message)}`, () => {
      assert.deepEqual(pageMessageSchema.parse(message), message);
    });
  }
  for (const [name, message] of refused) {
    it(`is not believed when it is ${name}`, () => {
      assert.equal(pageMessageSchema.safeParse(message).success, false);
    });
  }

  it('is restored from what the page kept, and from nothing else', () => {
    assert.equal(pageStateSchema.safeParse({ scope: { kind: 'all' } }).success, true);
    for (const state of [undefined, null, {}, { scope: 'all' }, { scope: { kind: 'flow' } }]) {
      assert.equal(pageStateSchema.safeParse(state).success, false);
    }
  });
});
