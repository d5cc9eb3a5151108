import { Disposable, EventEmitter, RelativePattern, workspace, type Uri, type WorkspaceFolder } from 'vscode';
import type { DeploymentMemory } from '../../core/operations/records';
import type { Log } from '../../core/ports';
import { RuntimeClients } from '../adapters/runtimeClients';
import type { SecretChange, SecretStore } from '../adapters/secretStore';
import type { FolderState } from './folderState';
import { FolderStore } from './folderStore';
import { watchFolders } from './watchFolders';

export interface StoredFolder {
  readonly name: string;
  readonly folder: WorkspaceFolder;
  readonly store: FolderStore;
  readonly state: FolderState;
}

export interface WorkspaceStoreParts {
  readonly secrets: SecretStore;
  readonly memory: DeploymentMemory;
  readonly log: Log;
  readonly userAgent: string;
  /** Runs once per folder, after its files were read and before its environments are. */
  prepare(folder: StoredFolder): Promise<void>;
  /** A folder left the window. */
  leave(folder: string): void;
  /** Whether anything that shows a state is visible. */
  isSeen(): boolean;
}

/** All folders of the window: their files watched, their environments read when somebody looks. */
export class WorkspaceStore implements Disposable {
  private readonly changed = new EventEmitter<void>();
  /** Fires at most once per turn of the event loop, however many changes there were. */
  readonly onDidChange = this.changed.event;
  private readonly opened = new Map<string, { folder: WorkspaceFolder; store: FolderStore; watching: Disposable }>();
  private readonly subscriptions: Disposable[] = [];
  private loading: Promise<void> | undefined;
  private isChangePending = false;

  constructor(private readonly parts: WorkspaceStoreParts) {
    this.subscriptions.push(
      workspace.onDidChangeWorkspaceFolders(() => void this.openFolders()),
      workspace.onDidChangeTextDocument(() => {
        this.noteUnsaved();
      }),
      workspace.onDidSaveTextDocument(() => {
        this.noteUnsaved();
      }),
      workspace.onDidCloseTextDocument(() => {
        this.noteUnsaved();
      }),
      workspace.onDidGrantWorkspaceTrust(() => void this.trusted()),
      parts.secrets.onDidChange((change) => void this.secretsChanged(change)),
    );
  }

  get folders(): readonly StoredFolder[] {
    return [...this.opened.values()].map(({ folder, store }) => stored(folder, store));
  }

  folder(key: string): StoredFolder | undefined {
    const found = this.opened.get(key);
    return found && stored(found.folder, found.store);
  }

  /** Resolves once every folder's files were read; the first call starts that. */
  async ready(): Promise<void> {
    this.loading ??= this.openFolders().catch((error: unknown) => {
      // The next one who asks tries again.
      this.loading = undefined;
      throw error;
    });
    await this.loading;
  }

  /** Reads the environments that nobody has read yet. */
  async readUnread(): Promise<void> {
    return this.readOlderThan(Infinity);
  }

  /** Reads the environments whose last reading is older, and those that have none. */
  async readOlderThan(ageMs: number): Promise<void> {
    await this.ready();
    if (!workspace.isTrusted) {
      return;
    }
    for (const { state, store } of this.folders) {
      for (const { id } of state.registry?.environments ?? []) {
        const reading = state.readings.get(id);
        const isOld = !reading || reading.kind === 'not-read' || Date.now() - reading.at > ageMs;
        if (isOld && !state.checking.has(id)) {
          void store.read(id);
        }
      }
    }
  }

  async readAll(): Promise<void> {
    await this.ready();
    await Promise.all(this.folders.map(({ store }) => store.readAll()));
  }

  /** The log has lines from elsewhere. */
  touch(): void {
    for (const { store } of this.opened.values()) {
      store.touch();
    }
  }

  dispose(): void {
    Disposable.from(...this.subscriptions).dispose();
    for (const { store, watching } of this.opened.values()) {
      watching.dispose();
      store.dispose();
    }
    this.opened.clear();
    this.changed.dispose();
  }

  private async openFolders(): Promise<void> {
    const wanted = new Map((workspace.workspaceFolders ?? []).map((folder) => [folder.uri.toString(), folder]));
    for (const [key, { store, watching }] of this.opened) {
      if (!wanted.has(key)) {
        watching.dispose();
        store.dispose();
        this.opened.delete(key);
        this.parts.leave(key);
      }
    }
    await Promise.all([...wanted].map(([key, folder]) => this.openFolder(key, folder)));
    this.noteUnsaved();
    this.announce();
    this.readIfSeen();
  }

  private readIfSeen(): void {
    // Not waited for: this may be running as part of getting ready.
    if (this.parts.isSeen()) {
      void this.readUnread();
    }
  }

  private async openFolder(key: string, folder: WorkspaceFolder): Promise<void> {
    if (this.opened.has(key)) {
      return;
    }
    const { secrets, memory, log, userAgent } = this.parts;
    const clients = new RuntimeClients(folder, secrets, log, userAgent);
    const store = new FolderStore({ folder, secrets, clients, memory, log });
    const watching = Disposable.from(
      this.watch(folder, store),
      store.onDidChange(() => {
        this.announce();
      }),
    );
    this.opened.set(key, { folder, store, watching });
    await store.reload();
    await this.parts.prepare(stored(folder, store)).catch((error: unknown) => {
      log.error(`Local environments could not be prepared: ${String(error)}`);
    });
  }

  private watch(folder: WorkspaceFolder, store: FolderStore): Disposable {
    const registry = workspace.createFileSystemWatcher(new RelativePattern(folder, 'pipebase.yaml'));
    const flows = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/*.camel.{yaml,yml}'));
    const parameters = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/{params,*.params}.json'));
    const reload = async (): Promise<void> => {
      await store.reload();
      this.readIfSeen();
    };
    const reloadFlow = (uri: Uri): Promise<void> => store.reloadFlow(uri);
    return Disposable.from(
      registry,
      flows,
      parameters,
      watchFolders(
        folder,
        (gone) => store.state.flows.some(({ file }) => file.startsWith(`${gone.toString()}/`)),
        reload,
      ),
      ...[registry.onDidCreate, registry.onDidChange, registry.onDidDelete].map((on) => on(reload)),
      ...[flows.onDidCreate, flows.onDidDelete].map((on) => on(reload)),
      flows.onDidChange(reloadFlow),
      ...[parameters.onDidCreate, parameters.onDidChange, parameters.onDidDelete].map((on) => on(reloadFlow)),
    );
  }

  /** A flow counts as unsaved with its own file or its parameter file. */
  private noteUnsaved(): void {
    const unsaved = new Set(workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()));
    for (const { store } of this.opened.values()) {
      const files = store.state.flows.map(({ file }) => file);
      const ours = new Set(files.filter((file) => unsaved.has(file) || unsaved.has(store.parameterUri(file) ?? file)));
      if (!isSameSet(ours, store.state.unsaved)) {
        store.setUnsaved(ours);
      }
    }
  }

  private async trusted(): Promise<void> {
    for (const folder of this.folders) {
      folder.store.setTrusted();
      await folder.store.reloadContents();
      await this.parts.prepare(folder);
    }
    await this.readUnread();
  }

  private async secretsChanged(change: SecretChange): Promise<void> {
    if (change.kind === 'parameter') {
      await Promise.all(this.folders.map(({ store }) => store.reloadContents()));
      return;
    }
    for (const { state, store } of this.folders) {
      for (const { id, origin } of state.registry?.environments ?? []) {
        if (id === change.id && origin === change.origin) {
          store.forget(id);
        }
      }
    }
    this.readIfSeen();
  }

  private announce(): void {
    if (this.isChangePending) {
      return;
    }
    this.isChangePending = true;
    setImmediate(() => {
      this.isChangePending = false;
      this.changed.fire();
    });
  }
}

function stored(folder: WorkspaceFolder, store: FolderStore): StoredFolder {
  return { name: folder.name, folder, store, state: store.state };
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
