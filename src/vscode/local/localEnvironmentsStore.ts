import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Uri, workspace, type Disposable, type ExtensionContext } from 'vscode';
import type { Log } from '../../core/ports';
import { localEnvironmentsIn, type LocalEnvironment } from '../../core/registry/localEnvironments';
import type { Environment } from '../../core/registry/types';
import { LocalEnvironments, type LocalEnvironmentState } from '../../local/localEnvironments';
import type { SecretStore } from '../adapters/secretStore';
import { setContext } from '../contributions/setContext';
import type { LocalPlace, LocalPlaces } from '../state/folderState';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';

/** The runtimes that live in this window, per workspace folder, and which folders want them back after a reload. */
export class LocalEnvironmentsStore implements Disposable {
  private readonly running = new Map<string, LocalEnvironments>();

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

  isRunning(folder: StoredFolder): boolean {
    return this.running.has(folder.state.folder);
  }

  /** Starts a runtime for every environment on this machine; what went wrong is in the result. */
  async start(folder: StoredFolder, store: WorkspaceStore): Promise<ReadonlyMap<string, LocalEnvironmentState>> {
    const key = folder.state.folder;
    await this.running.get(key)?.stop();
    const environments = localEnvironmentsOf(folder);
    const tokens = new Map(
      await Promise.all(
        environments.map(async (environment) => [environment.id, await this.tokenOf(environment)] as const),
      ),
    );
    const local = this.create(folder, tokens);
    this.running.set(key, local);
    const states = await local.start();
    await this.keepTokens(environments, tokens, states);
    await this.context.workspaceState.update(wantedKey(key), true);
    await this.announce(store);
    // Nobody waits for it: another environment of the folder may take long to answer.
    void folder.store.readAll();
    return states;
  }

  async stop(folder: StoredFolder, store: WorkspaceStore): Promise<void> {
    const key = folder.state.folder;
    await this.running.get(key)?.stop();
    this.running.delete(key);
    await this.context.workspaceState.update(wantedKey(key), false);
    await this.announce(store);
    await folder.store.readAll();
  }

  async reset(folder: StoredFolder): Promise<void> {
    // What is not running has its flows on disk all the same.
    await (this.running.get(folder.state.folder) ?? this.create(folder, new Map())).reset();
    await folder.store.readAll();
  }

  /** An environment gets another id: what was deployed to it here is there under that one, too. */
  async copyFlows(folder: StoredFolder, id: string, newId: string): Promise<void> {
    const directory = this.directory(folder.state.folder);
    const [from, to] = [join(directory, id), join(directory, newId)];
    // An id that cannot be the name of a folder has none here.
    if ([from, to].every((path) => dirname(path) === directory) && existsSync(from)) {
      await cp(from, to, { recursive: true });
    }
  }

  /** The folder left the window, and its ports are free again. */
  leave(folder: string): void {
    void this.running.get(folder)?.stop();
    this.running.delete(folder);
  }

  dispose(): void {
    for (const local of this.running.values()) {
      void local.stop();
    }
    this.running.clear();
  }

  private create(folder: StoredFolder, tokens: ReadonlyMap<string, string>): LocalEnvironments {
    return new LocalEnvironments({
      storageDirectory: this.directory(folder.state.folder),
      environments: localEnvironmentsOf(folder),
      tokenFor: (id) => Promise.resolve(tokens.get(id) ?? newToken()),
      log: this.log,
    });
  }

  /** The token is made here, so a local environment needs no setting up. */
  private async tokenOf(environment: Environment): Promise<string> {
    return (await this.secrets.token(environment)) ?? newToken();
  }

  /** Where another program has the port, it would be sent a token that nobody set. */
  private async keepTokens(
    environments: readonly Environment[],
    tokens: ReadonlyMap<string, string>,
    states: ReadonlyMap<string, LocalEnvironmentState>,
  ): Promise<void> {
    for (const environment of environments) {
      const token = tokens.get(environment.id);
      if (token !== undefined && states.get(environment.id)?.kind === 'started') {
        await this.secrets.setToken(environment, token);
      }
    }
  }

  private async announce(store: WorkspaceStore): Promise<void> {
    for (const folder of store.folders) {
      folder.store.setLocal(placesOf(folder, this.running.get(folder.state.folder)?.state));
    }
    const states = [...this.running.values()].flatMap(({ state }) => [...state.values()]);
    await setContext(
      'pipebase.localRunning',
      states.some(({ kind }) => kind === 'started'),
    );
  }

  private directory(folder: string): string {
    const base = this.context.storageUri ?? this.context.globalStorageUri;
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
    return Uri.joinPath(base, 'local-environments', name).fsPath;
  }
}

/** Who has the ports of a folder's local environments, by URL. */
function placesOf(folder: StoredFolder, states: ReadonlyMap<string, LocalEnvironmentState> | undefined): LocalPlaces {
  const known = localEnvironmentsOf(folder).map(({ id, url }) => [url, placeOf(states?.get(id))] as const);
  // One that runs does so under its URL, whatever it is called by now.
  const running = [...(states?.values() ?? [])].flatMap((state) =>
    state.kind === 'started' ? [state.url, state.url.replace('127.0.0.1', 'localhost')] : [],
  );
  return new Map([
    ...known.flatMap(([url, place]) => (place ? [[url, place] as const] : [])),
    ...running.map((url) => [url, 'this-window'] as const),
  ]);
}

function placeOf(state: LocalEnvironmentState | undefined): LocalPlace | undefined {
  switch (state?.kind) {
    case 'started':
      return 'this-window';
    case 'port-in-use':
      return state.heldBy;
    case 'stopped':
    case 'failed':
    case undefined:
      return undefined;
  }
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
