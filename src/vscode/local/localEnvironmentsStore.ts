import { createHash, randomBytes } from 'node:crypto';
import { Uri, workspace, type Disposable, type ExtensionContext } from 'vscode';
import type { Log } from '../../core/ports';
import type { Environment } from '../../core/registry/types';
import {
  createLocalEnvironments,
  type LocalEnvironments,
  type LocalEnvironmentState,
} from '../../local/localEnvironments';
import type { SecretStore } from '../adapters/secretStore';
import { setContext } from '../contributions/setContext';
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
    await this.running.get(key)?.close();
    const environments = localEnvironmentsOf(folder);
    const byId = new Map(environments.map((environment) => [environment.id, environment]));
    const local = createLocalEnvironments({
      storageDirectory: this.directory(key),
      environments: environments.map((environment) => ({ id: environment.id, port: portOf(environment) })),
      tokenFor: (id) => this.tokenOf(byId.get(id)),
      log: this.log,
    });
    this.running.set(key, local);
    const states = await local.start();
    await this.context.workspaceState.update(wantedKey(key), true);
    await this.announce(store);
    await folder.store.readAll();
    return states;
  }

  async stop(folder: StoredFolder, store: WorkspaceStore): Promise<void> {
    const key = folder.state.folder;
    await this.running.get(key)?.close();
    this.running.delete(key);
    await this.context.workspaceState.update(wantedKey(key), false);
    await this.announce(store);
    await folder.store.readAll();
  }

  async reset(folder: StoredFolder): Promise<void> {
    await this.running.get(folder.state.folder)?.reset();
    await folder.store.readAll();
  }

  dispose(): void {
    for (const local of this.running.values()) {
      void local.close();
    }
    this.running.clear();
  }

  /** The token is made here, so a local environment needs no setting up. */
  private async tokenOf(environment: Environment | undefined): Promise<string> {
    const known = environment && (await this.secrets.token(environment));
    if (known !== undefined) {
      return known;
    }
    const token = randomBytes(24).toString('base64url');
    if (environment) {
      await this.secrets.setToken(environment, token);
    }
    return token;
  }

  private async announce(store: WorkspaceStore): Promise<void> {
    const urls = [...this.running.values()].flatMap(({ state }) =>
      [...state.values()].flatMap((one) => (one.kind === 'started' ? [one.url] : [])),
    );
    const names = urls.flatMap((url) => [url, url.replace('127.0.0.1', 'localhost')]);
    store.setLocalUrls(names);
    await setContext('pipebase.localRunning', this.running.size > 0);
  }

  private directory(folder: string): string {
    const base = this.context.storageUri ?? this.context.globalStorageUri;
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
    return Uri.joinPath(base, 'local-environments', name).fsPath;
  }
}

/** Environments whose URL is plain http on this machine: those that can run in this window. */
export function localEnvironmentsOf({ state }: StoredFolder): readonly Environment[] {
  return (state.registry?.environments ?? []).filter(({ url }) => {
    const { protocol, hostname, port, pathname } = new URL(url);
    return protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname) && port !== '' && pathname === '/';
  });
}

export function portOf({ url }: Environment): number {
  return Number(new URL(url).port);
}

function wantedKey(folder: string): string {
  return `localEnvironments ${folder}`;
}
