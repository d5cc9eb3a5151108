import assert from 'node:assert/strict';
import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';
import { ParameterDigester } from '../../../../src/core/parameters/parameterDigest';
import { SecretStore, type SecretChange } from '../../../../src/vscode/adapters/secretStore';
import { hashing } from '../../../support/builders';

/** VS Code's storage, which writes down what it is asked for. */
class Storage implements SecretStorage {
  readonly held = new Map<string, string>();
  readonly calls: string[] = [];
  private listener: (event: SecretStorageChangeEvent) => void = () => undefined;
  /** Ends like a window that is closed, before the call with this name. */
  endsBefore = '';
  /** Without a keyring VS Code takes a secret, and has none. */
  hasKeyring = true;

  readonly onDidChange = ((listener: (event: SecretStorageChangeEvent) => void) => {
    this.listener = listener;
  }) as unknown as SecretStorage['onDidChange'];

  keys = (): Promise<string[]> => Promise.resolve([...this.held.keys()]);

  get = (key: string): Promise<string | undefined> => {
    this.note('get', key);
    return Promise.resolve(this.held.get(key));
  };

  store = (key: string, value: string): Promise<void> => {
    this.note('store', key);
    if (this.hasKeyring) this.held.set(key, value);
    this.listener({ key });
    return Promise.resolve();
  };

  delete = (key: string): Promise<void> => {
    this.note('delete', key);
    this.held.delete(key);
    this.listener({ key });
    return Promise.resolve();
  };

  private note(what: string, key: string): void {
    const call = `${what} ${key.split(' ')[0] ?? ''}`;
    if (call === this.endsBefore) throw new Error('the window was closed');
    this.calls.push(call);
  }
}

describe('a secret', () => {
  const owner = { id: 'dev', origin: 'https://dev' };

  for (const hasKeyring of [true, false]) {
    it(`is said to be ${hasKeyring ? 'kept where VS Code has a keyring' : 'lost where it has none'}`, async () => {
      const storage = new Storage();
      storage.hasKeyring = hasKeyring;
      const store = new SecretStore(storage);
      assert.equal(await store.setToken(owner, 'token'), hasKeyring);
      assert.equal(await store.setSecretParameter('file:///w', 'dev', 'password', 'hush'), hasKeyring);
    });
  }

  it('that is a token is found for its environment at its origin, and nowhere else', async () => {
    const store = new SecretStore(new Storage());
    await store.setToken(owner, 'token');
    assert.equal(await store.token({ ...owner }), 'token');
    assert.equal(await store.token({ ...owner, origin: 'https://dev:444' }), undefined);
    assert.equal(await store.token({ ...owner, id: 'prod' }), undefined);
  });

  it('that is not replaced is not said to be kept', async () => {
    const storage = new Storage();
    const store = new SecretStore(storage);
    await store.setToken(owner, 'old');
    storage.hasKeyring = false;
    assert.equal(await store.setToken(owner, 'new'), false);
  });
});

describe('secret parameters', () => {
  let storage: Storage;
  let store: SecretStore;
  const place = ['file:///w', 'dev', 'password'] as const;

  beforeEach(async () => {
    storage = new Storage();
    store = new SecretStore(storage);
    await store.setSecretParameter(...place, 'hush {{region}}');
    storage.calls.length = 0;
  });

  it('are known by a mark that is read without them', async () => {
    const digester = new ParameterDigester(hashing, await store.digestKey());
    const mark = await store.parameterMark(...place);
    assert.deepEqual(mark, digester.mark('hush {{region}}'));
    assert.deepEqual(storage.calls, ['get mark']);
    assert.ok(!JSON.stringify(mark).includes('hush'));
  });

  it('are one per folder, environment and key', async () => {
    const others: readonly (readonly [string, string, string])[] = [
      ['file:///x', 'dev', 'password'],
      ['file:///w', 'test', 'password'],
      ['file:///w', 'dev', 'p'],
    ];
    for (const other of others) {
      assert.equal(await store.secretParameter(...other), undefined);
      assert.equal(await store.parameterMark(...other), undefined);
    }
    assert.equal(await store.secretParameter(...place), 'hush {{region}}');
  });

  it('tell of a change once per value, and of none where there is none', async () => {
    const told: SecretChange[] = [];
    store.onDidChange((change) => told.push(change));
    await store.setSecretParameter(...place, 'other');
    await store.secretParameter(...place);
    assert.deepEqual(told, [{ kind: 'parameter' }]);
    await store.clearSecretParameter(...place);
    assert.deepEqual(told, [{ kind: 'parameter' }, { kind: 'parameter' }]);
  });

  it('are gone with their mark', async () => {
    await store.clearSecretParameter(...place);
    assert.equal(await store.parameterMark(...place), undefined);
    assert.equal(await store.secretParameter(...place), undefined);
    assert.deepEqual([...storage.held.keys()], ['digest-key']);
  });

  it('show a change too many where setting ended half way, until the value is sent', async () => {
    const before = await store.parameterMark(...place);
    storage.endsBefore = 'store parameter';
    await assert.rejects(store.setSecretParameter(...place, 'other'));
    storage.endsBefore = '';
    assert.notDeepEqual(await store.parameterMark(...place), before);
    assert.equal(await store.secretParameter(...place), 'hush {{region}}');
    assert.deepEqual(await store.parameterMark(...place), before);
  });

  it('take a mark that is none for no value', async () => {
    for (const damaged of ['{}', '[1]', '"text"', 'no json']) {
      const [key = ''] = [...storage.held.keys()].filter((each) => each.startsWith('mark '));
      storage.held.set(key, damaged);
      assert.equal(await store.parameterMark(...place), undefined);
    }
  });
});

describe('the digest key', () => {
  it('is one, though two first windows make one each', async () => {
    const storage = new Storage();
    const [here, there] = [new SecretStore(storage), new SecretStore(storage)];
    const keys = await Promise.all([here.digestKey(), there.digestKey()]);
    const kept = storage.held.get('digest-key');
    assert.ok(kept);
    assert.deepEqual(keys, [kept, kept]);
    assert.equal(storage.calls.filter((call) => call === 'store digest-key').length, 2);
  });

  it('is the one that another window stored a moment later', async () => {
    const storage = new Storage();
    const store = new SecretStore(storage);
    store.onDidChange(() => assert.fail('it is no secret of anybody'));
    await store.digestKey();
    await storage.store('digest-key', 'theirs');
    assert.equal(await store.digestKey(), 'theirs');
  });
});

describe('tokens of a run', () => {
  const dev = { id: 'dev', origin: 'http://localhost:8181' };

  it('are nobody’s deploy token, belong to one storage, and tell other windows of a change', async () => {
    const store = new SecretStore(new Storage());
    const told: SecretChange[] = [];
    store.onDidChange((change) => told.push(change));
    await store.setRunToken('/storage', dev, 'made');
    assert.equal(await store.token(dev), undefined);
    assert.equal(await store.runToken('/other', dev), undefined);
    assert.equal(await store.runToken('/storage', dev), 'made');
    await store.clearRunToken('/storage', dev);
    assert.equal(await store.runToken('/storage', dev), undefined);
    assert.deepEqual(told, Array(2).fill({ kind: 'token', ...dev }));
  });
});
