import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensions, type Disposable } from 'vscode';
import { registrations } from './support/registrations';

/** As much of VS Code's context as is looked at before the first thing goes wrong. */
interface Context {
  readonly subscriptions: Disposable[];
  readonly secrets: never;
}

describe('what commands need', () => {
  it('is loaded again for the next one who asks, where it could not be loaded', async () => {
    const { extensionPath } = extensions.getExtension('pipebase.pipebase') ?? assert.fail('not installed');
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the built entry module, as VS Code loads it
    const entry = require(join(extensionPath, 'dist', 'extension.js')) as { activate(context: Context): void };
    let attempts = 0;
    const context: Context = {
      subscriptions: [],
      get secrets(): never {
        attempts++;
        throw new Error('no secrets yet');
      },
    };
    entry.activate(context);
    // Asked for through VS Code, it would activate the extension a second time.
    const command = registrations.find(({ first }) => first === 'pipebase.log.show')?.second as () => Promise<void>;
    for (const attempt of [1, 2]) {
      await assert.rejects(command(), /no secrets yet/);
      assert.equal(attempts, attempt);
    }
    for (const subscription of context.subscriptions) subscription.dispose();
  });
});
