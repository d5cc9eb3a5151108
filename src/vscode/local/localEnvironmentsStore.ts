import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { Uri, workspace, type Disposable, type ExtensionContext } from 'vscode';
import { displayText } from '../../core/displayText';
import type { Log } from '../../core/ports';
import { localEnvironmentsIn, type LocalEnvironment } from '../../core/registry/localEnvironments';
import type { Environment } from '../../core/registry/types';
import { environmentFolder } from '../../local/environmentFolder';
import {
  LocalEnvironments,
  type LocalEnvironmentState,
  type LocalEnvironmentStates,
  type LocalResetFailures,
} from '../../local/localEnvironments';
import { Turns } from '../../local/turns';
import type { SecretStore } from '../adapters/secretStore';
import { setContext } from '../contributions/setContext';
import type { LocalPlace, LocalPlaces } from '../state/folderState';
import type { FolderStore } from '../state/folderStore';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';

/** What a workspace folder has in this window. */
interface LocalFolder {
  /** Two starts at once would leave runtimes behind that nobody can stop. */
  readonly turns: Turns;
  running?: LocalEnvironments | undefined;
  /** A start that has not ended yet, and that nothing has overtaken. */
  starting?: Promise<LocalEnvironmentStates> | undefined;
  /** Where its local environments keep their flows. */
  readonly storage: string;
  /** By port: of those that run here. */
  made: ReadonlyMap<number, MadeToken>;
}

/** Nobody set it, so it is worth nothing beyond the run that it was made for. */
interface MadeToken {
  readonly environment: LocalEnvironment;
  readonly token: string;
}

/** What a start needs, made where it is not there yet. Undefined where there is nothing to start. */
type Prepare = (folder: StoredFolder) => Promise<StoredFolder | undefined>;

/** The runtimes that live in this window, per workspace folder, and which folders want them back after a reload. */
export class LocalEnvironmentsStore implements Disposable {
  private readonly folders = new Map<string, LocalFolder>();

  constructor(
    private readonly context: ExtensionContext,
    private readonly secrets: SecretStore,
    private readonly log: Log,
  ) {}

  /** Whether the folder's local environments ran when its window was last closed, or a setting asks for them. */
  isWanted({ folder, state }: StoredFolder): boolean {
    const setting = workspace.getConfiguration('pipebase', folder.uri).get<boolean>('local.startAutomatically', false);
    return this.context.workspaceState.get<boolean>(wantedKey(state.folder)) ?? setting;
  }

  /** The token that a person set, or the one of the run that has the environment's port now; a stranger there gets none. */
  async token(folder: string, environment: Environment): Promise<string | undefined> {
    const [local] = localEnvironmentsIn([environment]);
    return (await this.secrets.token(environment)) ?? (local && (await this.tokenOfRun(folder, local)));
  }

  /** Whether they run, or are about to. */
  isRunning({ state }: StoredFolder): boolean {
    const { running, starting } = this.of(state.folder);
    return running !== undefined || starting !== undefined;
  }

  /**
   * Starts a runtime for every environment on this machine; what went wrong is in the result. Undefined for who joins a
   * start that is under way: who began it says what came of it.
   */
  async start(
    folder: StoredFolder,
    store: WorkspaceStore,
    prepare?: Prepare,
  ): Promise<LocalEnvironmentStates | undefined> {
    const { starting } = this.of(folder.state.folder);
    if (!starting) {
      return this.restart(folder, store, prepare);
    }
    await starting;
    return undefined;
  }

  /** Starts them as `pipebase.yaml` is by now: a start that is under way may have read what it was. */
  async restart(
    { state }: StoredFolder,
    store: WorkspaceStore,
    prepare: Prepare = (folder) => Promise.resolve(folder),
  ): Promise<LocalEnvironmentStates> {
    const local = this.of(state.folder);
    const starting = local.turns.take(async () => {
      // The folder may have left the window by now.
      const known = store.folder(state.folder);
      await known?.store.reloadIfRewired();
      if (known && !known.state.registry) {
        // Left over from a pipebase.yaml that was deleted: they have the ports that a new one would name.
        await this.end(local, store);
      }
      const folder = known && (await prepare(known));
      return folder ? this.startNow(folder, local, store) : new Map<string, LocalEnvironmentState>();
    });
    local.starting = starting;
    try {
      return await starting;
    } finally {
      if (local.starting === starting) {
        local.starting = undefined;
      }
    }
  }

  /** Gives the ids of those that ran here. */
  async stop({ state, store: files }: StoredFolder, store: WorkspaceStore): Promise<readonly string[]> {
    let stopped: readonly string[] = [];
    await this.overtake(state.folder, async (local) => {
      stopped = [...(local.running?.state ?? [])].flatMap(([id, { kind }]) => (kind === 'started' ? [id] : []));
      await this.end(local, store);
      await this.context.workspaceState.update(wantedKey(state.folder), false);
    });
    await readAnew(files, localEnvironmentsIn(state.registry?.environments ?? []));
    return stopped;
  }

  /** The folder left the window, and its ports are free again. */
  async leave(folder: string, store: WorkspaceStore): Promise<void> {
    await this.overtake(folder, (local) => this.end(local, store));
  }

  /** Ids of what runs here, whether or not `pipebase.yaml` still names it, and of what it names beside that. */
  resettable(folder: StoredFolder): readonly string[] {
    const running = this.of(folder.state.folder).running?.state.keys() ?? [];
    return [...new Set([...running, ...localEnvironmentsOf(folder).map(({ id }) => id)])];
  }

  /** Those that could not be reset are in the result, and in the log. */
  async reset(folder: StoredFolder): Promise<LocalResetFailures> {
    const local = this.of(folder.state.folder);
    const failures = await local.turns.take(() => this.resetNow(folder, local));
    for (const [id, reason] of failures) {
      this.log.error(`The local environment ${displayText(id)} was not reset: ${reason}`);
    }
    await folder.store.readAll();
    return failures;
  }

  /** An environment gets another id: what was deployed to it here is there under that one, too. */
  async copyFlows(folder: StoredFolder, id: string, newId: string): Promise<void> {
    const directory = this.of(folder.state.folder).storage;
    const [from, to] = [environmentFolder(directory, id), environmentFolder(directory, newId)];
    // An id that cannot be the name of a folder has none here.
    if (from !== undefined && to !== undefined && existsSync(from)) {
      await cp(from, to, { recursive: true });
    }
  }

  dispose(): void {
    for (const { running } of this.folders.values()) {
      void running?.stop();
    }
    this.folders.clear();
  }

  private of(folder: string): LocalFolder {
    const known = this.folders.get(folder) ?? { turns: new Turns(), made: new Map(), storage: this.directory(folder) };
    this.folders.set(folder, known);
    return known;
  }

  private async startNow(
    folder: StoredFolder,
    local: LocalFolder,
    store: WorkspaceStore,
  ): Promise<LocalEnvironmentStates> {
    const key = folder.state.folder;
    const environments = localEnvironmentsOf(folder);
    await this.stopNow(local);
    const tokens = new Map(environments.map(({ id }) => [id, newToken()]));
    const running = this.create(folder, environments, tokens);
    local.running = running;
    const states = await running.start();
    for (const [id, state] of states) {
      if (state.kind === 'failed') {
        this.log.error(`The local environment ${displayText(id)} was not started: ${state.reason}`);
      }
    }
    const started = environments.filter(({ id }) => states.get(id)?.kind === 'started');
    local.made = new Map(started.map((each) => [each.port, { environment: each, token: tokens.get(each.id) ?? '' }]));
    for (const { environment, token } of local.made.values()) {
      await this.secrets.setRunToken(local.storage, environment, token);
    }
    await this.context.workspaceState.update(wantedKey(key), true);
    await this.announce(store);
    // Nobody waits for it: another environment of the folder may take long to answer.
    void readAnew((store.folder(key) ?? folder).store, environments);
    return states;
  }

  private async resetNow(folder: StoredFolder, { running }: LocalFolder): Promise<LocalResetFailures> {
    const ofRunning = await running?.reset();
    // What is not running has its flows on disk all the same.
    const others = localEnvironmentsOf(folder).filter(({ id }) => !running?.state.has(id));
    const ofOthers = await this.create(folder, others, new Map()).reset();
    return new Map([...(ofRunning ?? []), ...ofOthers]);
  }

  private overtake(folder: string, work: (local: LocalFolder) => Promise<void>): Promise<void> {
    const local = this.of(folder);
    // Who asks for a start from now on wants it after this.
    local.starting = undefined;
    return local.turns.take(() => work(local));
  }

  private async end(local: LocalFolder, store: WorkspaceStore): Promise<void> {
    await this.stopNow(local);
    local.running = undefined;
    await this.announce(store);
  }

  /** The tokens go first: who takes a port that becomes free must not be sent one. */
  private async stopNow(local: LocalFolder): Promise<void> {
    const made = [...local.made.values()];
    local.made = new Map();
    await local.running?.stop();
    for (const { environment } of made) {
      await this.secrets.clearRunToken(local.storage, environment);
    }
  }

  /** A token is made here, so a local environment needs no setting up. */
  private create(
    folder: StoredFolder,
    environments: readonly LocalEnvironment[],
    tokens: ReadonlyMap<string, string>,
  ): LocalEnvironments {
    return new LocalEnvironments({
      storageDirectory: this.of(folder.state.folder).storage,
      environments,
      tokenFor: async (id) => {
        const environment = environments.find((each) => each.id === id);
        return (environment && (await this.secrets.token(environment))) ?? tokens.get(id) ?? newToken();
      },
      log: this.log,
    });
  }

  private async tokenOfRun(folder: string, environment: LocalEnvironment): Promise<string | undefined> {
    const { made, storage, running } = this.of(folder);
    const state = running?.state.get(environment.id);
    return state?.kind === 'port-in-use' && state.port === environment.port && state.heldBy === 'another-window'
      ? this.secrets.runToken(storage, environment)
      : made.get(environment.port)?.token;
  }

  /** For one that is not started here, too: it may have been stopped here before. */
  async announce(store: WorkspaceStore): Promise<void> {
    for (const folder of store.folders) {
      folder.store.setLocal(this.places(folder));
    }
    const states = [...this.folders.values()].flatMap(({ running }) => [...(running?.state.values() ?? [])]);
    await setContext(
      'pipebase.localRunning',
      states.some(({ kind }) => kind === 'started'),
    );
  }

  private places(folder: StoredFolder): LocalPlaces {
    const states = this.of(folder.state.folder).running?.state;
    const hasRun = this.context.workspaceState.get<boolean>(wantedKey(folder.state.folder)) !== undefined;
    return (states ?? hasRun) ? placesOf(folder, states) : new Map();
  }

  private directory(folder: string): string {
    const base = this.context.storageUri ?? this.context.globalStorageUri;
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
    return Uri.joinPath(base, 'local-environments', name).fsPath;
  }
}

/** Who has the ports of a folder's local environments, by URL. */
function placesOf(folder: StoredFolder, states: LocalEnvironmentStates | undefined): LocalPlaces {
  const known = localEnvironmentsOf(folder).map(({ id, url }) => [url, placeOf(states?.get(id))] as const);
  // One that runs does so under its URL, whatever it is called by now.
  const running = [...(states?.values() ?? [])].flatMap((state) =>
    state.kind === 'started' ? [state.url, state.url.replace('127.0.0.1', 'localhost')] : [],
  );
  return new Map([...known, ...running.map((url) => [url, 'this-window'] as const)]);
}

function placeOf(state: LocalEnvironmentState | undefined): LocalPlace {
  switch (state?.kind) {
    case 'started':
      return 'this-window';
    case 'port-in-use':
      return state.heldBy;
    case 'stopped':
    case 'failed':
    case undefined:
      return 'stopped';
  }
}

/** What was read before, or is being read, is of another run. */
async function readAnew(files: FolderStore, environments: readonly Environment[]): Promise<void> {
  for (const { id } of environments) {
    files.forget(id);
  }
  await files.readAll();
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The environments that can run in this window. */
export function localEnvironmentsOf({ state }: StoredFolder): readonly LocalEnvironment[] {
  return localEnvironmentsIn(state.registry?.environments ?? []);
}

function wantedKey(folder: string): string {
  return `localEnvironments ${folder}`;
}
