import assert from 'node:assert/strict';
import { EventEmitter, Uri, workspace, type SecretStorage, type SecretStorageChangeEvent } from 'vscode';
import { DeploymentMemory } from '../../src/core/operations/deploymentMemory';
import { SecretStore } from '../../src/vscode/adapters/secretStore';
import { WorkspaceStore } from '../../src/vscode/state/workspaceStore';
import { until } from './support/until';
import { aFlowYaml, firstFolder } from './support/world';

/** A store of the window's folders, beside the extension's own, with what goes wrong around it. */
class StoreUnderTest {
  readonly prepared: string[] = [];
  readonly errors: string[] = [];
  readonly warnings: string[] = [];
  readonly store: WorkspaceStore;
  private readonly secretChanged = new EventEmitter<SecretStorageChangeEvent>();
  unprepared = '';
  isKeychainLocked = false;

  constructor() {
    this.store = new WorkspaceStore({
      secrets: new SecretStore(this.storage()),
      memory: new DeploymentMemory(),
      log: { info: () => undefined, warn: (line) => this.warnings.push(line), error: (line) => this.errors.push(line) },
      userAgent: 'test',
      token: () => Promise.resolve('token'),
      prepare: ({ name }) => {
        this.prepared.push(name);
        return name === this.unprepared ? Promise.reject(new Error('not prepared')) : Promise.resolve();
      },
      leave: () => undefined,
      isSeen: () => false,
    });
  }

  changeSecret(key: string): void {
    this.secretChanged.fire({ key });
  }

  private storage(): SecretStorage {
    return {
      get: () => (this.isKeychainLocked ? Promise.reject(new Error('locked')) : Promise.resolve(undefined)),
      store: () => Promise.resolve(),
      delete: () => Promise.resolve(),
      onDidChange: this.secretChanged.event,
    };
  }
}

const registry =
  'version: 1\nparameters: { password: { secret: true } }\nenvironments: { dev: { url: "http://localhost:1" } }\n';

describe('the store of a window', () => {
  const { findFiles, onDidGrantWorkspaceTrust } = workspace;
  const names = workspace.workspaceFolders?.map(({ name }) => name) ?? [];
  const files = { 'pipebase.yaml': registry, 'flows/kept.camel.yaml': aFlowYaml('kept') };
  const trusted = new EventEmitter<void>();
  let tested: StoreUnderTest;

  const uri = (path: string): Uri => Uri.joinPath(firstFolder().uri, path);
  before(async () => {
    for (const [path, text] of Object.entries(files)) await workspace.fs.writeFile(uri(path), Buffer.from(text));
  });
  after(async () => {
    for (const path of Object.keys(files)) await workspace.fs.delete(uri(path));
  });
  beforeEach(() => {
    Object.assign(workspace, { onDidGrantWorkspaceTrust: trusted.event });
    tested = new StoreUnderTest();
  });
  afterEach(() => {
    Object.assign(workspace, { findFiles, onDidGrantWorkspaceTrust });
    tested.store.dispose();
  });

  it('reads a folder again that could not be read, for the next one who asks', async () => {
    Object.assign(workspace, { findFiles: () => Promise.reject(new Error('no search')) });
    await assert.rejects(tested.store.ready(), /no search/);
    assert.deepEqual([tested.store.folders, tested.prepared], [[], []]);
    Object.assign(workspace, { findFiles });
    await tested.store.ready();
    assert.deepEqual([...tested.prepared].sort(), names);
    assert.deepEqual(
      tested.store.folders[0]?.state.flows.map(({ id }) => id),
      ['kept'],
    );
  });

  it('shows whoever holds a folder its state as it is by then', async () => {
    await tested.store.ready();
    const [folder] = tested.store.folders;
    assert.equal(folder?.state.unsaved.size, 0);
    folder.store.setUnsaved(new Set(['a']));
    assert.equal(folder.state.unsaved.size, 1);
  });

  it('says in the log what cannot be read when a secret changes', async () => {
    await tested.store.ready();
    tested.isKeychainLocked = true;
    tested.changeSecret('mark of a parameter');
    await until(() => {
      assert.match(tested.errors.join('\n'), /changed secret .*: Error: locked/);
    });
  });

  it('is trusted in every folder, whatever breaks in one', async () => {
    tested.unprepared = names[0] ?? '';
    await tested.store.ready();
    tested.prepared.length = 0;
    trusted.fire();
    await until(() => {
      assert.deepEqual([...tested.prepared].sort(), names);
    });
    assert.equal(tested.errors.at(-1), 'Local environments could not be prepared: Error: not prepared');
  });

  it('has nothing to warn of where it is closed while an environment is read', async () => {
    await tested.store.ready();
    const [folder] = tested.store.folders;
    await folder?.store.read('dev');
    assert.match(tested.warnings.join(), /dev .* cannot be read: network/, 'it would be seen');
    const reading = folder?.store.read('dev', { force: true });
    folder?.store.forget('dev'); // so that it would be news
    const again = folder?.store.read('dev');
    tested.store.dispose();
    await Promise.all([reading, again]);
    assert.equal(tested.warnings.length, 1, tested.warnings.join());
  });
});
