import { Disposable, EventEmitter, RelativePattern, workspace, type Uri, type WorkspaceFolder } from 'vscode';
import { displayText } from '../../core/displayText';
import type { DeploymentMemory } from '../../core/operations/deploymentMemory';
import type { Log } from '../../core/ports';
import type { Environment } from '../../core/registry/types';
import { RuntimeClients } from '../adapters/runtimeClients';
import type { SecretChange, SecretStore } from '../adapters/secretStore';
import type { FolderState } from './folderState';
import { FolderStore } from './folderStore';
import { LoadOnce } from './loadOnce';
import { logFailure } from './logFailure';
import { watchFolders } from './watchFolders';

export interface StoredFolder {
  readonly name: string;
  readonly folder: WorkspaceFolder;
  readonly store: FolderStore;
  /** As it is whenever it is asked for. */
  readonly state: FolderState;
}

interface OpenedFolder {
  readonly folder: WorkspaceFolder;
  readonly store: FolderStore;
  readonly watching: Disposable;
  /** Resolves once its files were read. */
  readonly ready: Promise<void>;
}

export interface WorkspaceStoreParts {
  readonly secrets: SecretStore;
  readonly memory: DeploymentMemory;
  readonly log: Log;
  readonly userAgent: string;
  /** What is sent to an environment of a folder; nothing is without it. */
  token(folder: string, environment: Environment): Promise<string | undefined>;
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
  private readonly opened = new Map<string, OpenedFolder>();
  private readonly subscriptions: Disposable[] = [];
  private readonly loading = new LoadOnce(() => this.openFolders());
  private isChangePending = false;

  constructor(private readonly parts: WorkspaceStoreParts) {
    this.subscriptions.push(
      workspace.onDidChangeWorkspaceFolders(() => {
        void this.logged(this.loading.again(), 'The folders of this window could not be read');
      }),
      workspace.onDidChangeTextDocument(() => {
        this.noteUnsaved();
      }),
      workspace.onDidSaveTextDocument(() => {
        this.noteUnsaved();
      }),
      workspace.onDidCloseTextDocument(() => {
        this.noteUnsaved();
      }),
      workspace.onDidGrantWorkspaceTrust(() => {
        void this.logged(this.trusted(), 'Not everything was read after this workspace was trusted');
      }),
      parts.secrets.onDidChange((change) => {
        void this.logged(this.secretsChanged(change), 'What a changed secret concerns could not be read');
      }),
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
    await this.loading.get();
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
          void this.logged(store.read(id), `${id} could not be read`);
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
    for (const [key, opened] of this.opened) {
      this.close(key, opened);
    }
    this.changed.dispose();
  }

  private async openFolders(): Promise<void> {
    const wanted = new Map((workspace.workspaceFolders ?? []).map((folder) => [folder.uri.toString(), folder]));
    for (const [key, opened] of this.opened) {
      if (!wanted.has(key)) {
        this.close(key, opened);
        this.parts.leave(key);
      }
    }
    const opening = [...wanted].map(([key, folder]) => (this.opened.get(key) ?? this.open(key, folder)).ready);
    // To the end: who asks after one has failed would wait for another one that is about to.
    await Promise.allSettled(opening);
    await Promise.all(opening);
    this.noteUnsaved();
    this.announce();
    this.readIfSeen();
  }

  private readIfSeen(): void {
    // Not waited for: this may be running as part of getting ready.
    if (this.parts.isSeen()) {
      void this.logged(this.readUnread(), 'The environments could not be read');
    }
  }

  private open(key: string, folder: WorkspaceFolder): OpenedFolder {
    const { secrets, memory, log, userAgent } = this.parts;
    const token = (environment: Environment): Promise<string | undefined> => this.parts.token(key, environment);
    const clients = new RuntimeClients(folder, token, log, userAgent);
    const store = new FolderStore({ folder, secrets, clients, memory, log, qualifier: () => this.qualifier(folder) });
    const watching = Disposable.from(
      this.watch(folder, store),
      store.onDidChange(() => {
        this.announce();
      }),
    );
    const opened = { folder, store, watching, ready: this.makeReady(stored(folder, store)) };
    this.opened.set(key, opened);
    opened.ready.catch(() => {
      // The next one who asks opens it anew.
      if (this.opened.get(key) === opened) {
        this.close(key, opened);
      }
    });
    return opened;
  }

  private close(key: string, { store, watching }: OpenedFolder): void {
    watching.dispose();
    store.dispose();
    this.opened.delete(key);
  }

  private async makeReady(folder: StoredFolder): Promise<void> {
    await folder.store.reload();
    await this.prepare(folder);
  }

  private async prepare(folder: StoredFolder): Promise<void> {
    await this.logged(this.parts.prepare(folder), 'Local environments could not be prepared');
  }

  private qualifier({ name }: WorkspaceFolder): string | undefined {
    const isOnlyOne = this.folders.filter(({ state }) => state.registry).length < 2;
    return isOnlyOne ? undefined : displayText(name);
  }

  private watch(folder: WorkspaceFolder, store: FolderStore): Disposable {
    const registry = workspace.createFileSystemWatcher(new RelativePattern(folder, 'pipebase.yaml'));
    const flows = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/*.camel.{yaml,yml}'));
    const parameters = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/{params,*.params}.json'));
    const reload = (): void => {
      const reloaded = store.reload().then(() => {
        this.readIfSeen();
      });
      void this.logged(reloaded, `The files of ${folder.name} could not be read again`);
    };
    const reloadFlow = (uri: Uri): void => {
      void this.logged(store.reloadFlow(uri), `${uri.path} could not be read again`);
    };
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
    await Promise.all(this.folders.map((folder) => this.trust(folder)));
    await this.readUnread();
  }

  private async trust(folder: StoredFolder): Promise<void> {
    folder.store.setTrusted();
    await this.logged(folder.store.reloadContents(), `What ${folder.name} would deploy could not be worked out`);
    await this.prepare(folder);
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

  private async logged(work: Promise<unknown>, failure: string): Promise<void> {
    await logFailure(work, failure, this.parts.log);
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
  return {
    name: displayText(folder.name),
    folder,
    store,
    get state() {
      return store.state;
    },
  };
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
