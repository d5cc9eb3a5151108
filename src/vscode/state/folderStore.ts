import { EventEmitter, workspace, Uri, type Disposable, type WorkspaceFolder } from 'vscode';
import { buildCatalogue, keepName, type FlowFile } from '../../core/flows/buildCatalogue';
import { parameterFileOf } from '../../core/flows/flowId';
import type { Flow } from '../../core/flows/types';
import { flowContents, type ContentSources, type FlowContent } from '../../core/operations/flowContent';
import { lockPlace } from '../../core/operations/operationLock';
import { prepareSending, type Sending } from '../../core/operations/prepareSending';
import type { DeploymentMemory } from '../../core/operations/deploymentMemory';
import type { Action } from '../../core/operations/records';
import { readMarks } from '../../core/parameters/knownParameters';
import { ParameterDigester } from '../../core/parameters/parameterDigest';
import type { Log } from '../../core/ports';
import { environmentOf, type PromotionState } from '../../core/promotion/promotionState';
import { parseRegistry } from '../../core/registry/parseRegistry';
import type { Environment, Registry } from '../../core/registry/types';
import { connectionKey } from '../adapters/connectionKey';
import { nodeHashing } from '../adapters/nodeHashing';
import type { RuntimeClients } from '../adapters/runtimeClients';
import type { SecretStore } from '../adapters/secretStore';
import { secretValues, valueMarks } from '../adapters/parameterValues';
import { EnvironmentReads } from './environmentReads';
import type { FolderState, LocalPlaces } from './folderState';
import { findFlowFiles, readFlowFile, readTextFile, registryUri, type TextFile } from './flowFiles';
import { readEnvironment } from './readEnvironment';
import { untilAborted } from './untilAborted';

export interface FolderStoreParts {
  readonly folder: WorkspaceFolder;
  readonly secrets: SecretStore;
  readonly clients: RuntimeClients;
  readonly memory: DeploymentMemory;
  readonly log: Log;
  /** The folder's name, where the window has several that could be meant. */
  qualifier(): string | undefined;
}

interface CachedContent {
  readonly registry: Registry;
  readonly content: ReadonlyMap<string, FlowContent>;
}

/** The one place where a folder's state changes. Each change makes a new {@link FolderState} and says so. */
export class FolderStore implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly files = new Map<string, FlowFile>();
  private readonly reads: EnvironmentReads;
  private pendingReload: Promise<void> | undefined;
  private registryText: string | undefined;
  private contentCache = new WeakMap<Flow, CachedContent>();
  private queue: Promise<unknown> = Promise.resolve();
  state: FolderState;

  constructor(readonly parts: FolderStoreParts) {
    this.state = {
      folder: parts.folder.uri.toString(),
      isTrusted: workspace.isTrusted,
      registry: undefined,
      flows: [],
      contents: new Map(),
      readings: new Map(),
      checking: new Set(),
      running: new Map(),
      unsaved: new Set(),
      memory: parts.memory,
    };
    this.reads = new EnvironmentReads({
      environment: (id) => environmentOf(this.state, id),
      read: async (environment) => readEnvironment(parts.clients.of(environment), Date.now),
      onChange: () => {
        this.patch({ readings: this.reads.readings, checking: this.reads.checking });
      },
      log: parts.log,
    });
  }

  /** Reads registry and flows anew. However many ask before it begins, it is done once. */
  async reload(): Promise<void> {
    this.pendingReload ??= this.enqueue(async () => {
      this.pendingReload = undefined;
      await this.rebuild(await this.readFlows(await this.readRegistry()));
    });
    return this.pendingReload;
  }

  /** Reads everything anew where `pipebase.yaml` is not what it was: nobody has to wait for a watcher to notice. */
  async reloadIfRewired(): Promise<void> {
    const file = await readTextFile(registryUri(this.parts.folder));
    if (registryKey(file) !== this.registryText) {
      await this.reload();
    }
  }

  /** Reads one flow's files again; `uri` may be its YAML or its parameter file. */
  async reloadFlow(uri: Uri): Promise<void> {
    return this.enqueue(async () => {
      const yaml = this.yamlOf(uri);
      if (!yaml) {
        return;
      }
      const file = await readFlowFile(this.parts.folder, yaml);
      if (file && isSameFile(this.files.get(file.file), file)) {
        return;
      }
      if (file) {
        this.files.set(file.file, keepName(file, this.files.get(file.file)));
      } else {
        this.files.delete(yaml.toString());
      }
      await this.rebuild(this.state.registry);
    });
  }

  /** Secrets or variables changed: what would be sent may be something else now. */
  async reloadContents(): Promise<void> {
    return this.enqueue(async () => {
      this.contentCache = new WeakMap();
      await this.rebuild(this.state.registry);
    });
  }

  /** What a deploy would send, from the disk as it is now. */
  async freshContent(flowId: string, environment: Environment): Promise<FlowContent | undefined> {
    await this.reloadIfRewired();
    const known = this.state.flows.find(({ id }) => id === flowId);
    if (!known) {
      return undefined;
    }
    await this.reloadFlow(Uri.parse(known.file));
    const flow = this.state.flows.find(({ id }) => id === flowId);
    return flow && this.state.contents.get(flow)?.get(environment.id);
  }

  /** The body with every value in it. Called by an operation that sends it, and by nothing else. */
  async sending(flowId: string, environmentId: string): Promise<Sending | undefined> {
    const { flows, registry } = this.state;
    const flow = flows.find(({ id }) => id === flowId);
    const environment = environmentOf(this.state, environmentId);
    if (!registry || !flow || !environment) {
      return undefined;
    }
    const digester = await this.digester();
    const secrets = secretValues(this.state.folder, this.parts.secrets);
    return prepareSending(flow, environment, { registry, secrets, hashing: nodeHashing, digester });
  }

  /**
   * Reads an environment. With `force` a read under way is not good enough: it may be older than what is asked. Cancelling
   * ends the waiting; the read goes on for whoever else wants it.
   */
  async read(environmentId: string, options: { force?: boolean; signal?: AbortSignal } = {}): Promise<void> {
    if (workspace.isTrusted) {
      await untilAborted(this.reads.read(environmentId, options), options.signal);
    }
  }

  /** Whatever was read of the environment may no longer be so. */
  forget(environmentId: string): void {
    this.reads.forget(environmentId);
  }

  /** Every environment by itself: a dead one does not hold up the others. The signal ends the waiting alone. */
  async readAll(signal?: AbortSignal): Promise<void> {
    const options = signal ? { signal } : {};
    await Promise.all((this.state.registry?.environments ?? []).map(({ id }) => this.read(id, options)));
  }

  setRunning(environmentId: string, flowId: string, action: Action | undefined): void {
    const running = new Map(this.state.running);
    const place = lockPlace(this.state.folder, environmentId, flowId);
    if (action) {
      running.set(place, action);
    } else {
      running.delete(place);
    }
    this.patch({ running });
  }

  setUnsaved(unsaved: ReadonlySet<string>): void {
    this.patch({ unsaved });
  }

  setLocal(local: LocalPlaces): void {
    this.patch({ local });
  }

  setTrusted(): void {
    this.patch({ isTrusted: workspace.isTrusted });
  }

  /** The log has new lines, or the views should look again. */
  touch(): void {
    this.patch({});
  }

  dispose(): void {
    this.reads.dispose();
    this.parts.clients.dispose();
    this.changed.dispose();
  }

  private async readRegistry(): Promise<Registry | undefined> {
    const file = await readTextFile(registryUri(this.parts.folder));
    this.registryText = registryKey(file);
    switch (file.kind) {
      case 'missing':
        return undefined;
      case 'text':
        return parseRegistry(file.text, file.file);
      case 'unreadable':
        return { ...parseRegistry('', file.fault.file), faults: [file.fault] };
    }
  }

  /** The registry comes back with what is wrong with its patterns. */
  private async readFlows(registry: Registry | undefined): Promise<Registry | undefined> {
    const { uris, faults } = await findFlowFiles(this.parts.folder, registry);
    const read = await Promise.all(uris.map((uri) => readFlowFile(this.parts.folder, uri)));
    const before = new Map(this.files);
    this.files.clear();
    for (const file of read) {
      if (file) {
        const known = before.get(file.file);
        this.files.set(file.file, known && isSameFile(known, file) ? known : keepName(file, known));
      }
    }
    return registry && { ...registry, faults: [...registry.faults, ...faults] };
  }

  private async rebuild(registry: Registry | undefined): Promise<void> {
    const before = this.state.registry;
    const flows = buildCatalogue([...this.files.values()]);
    const contents = await this.contents(flows, registry);
    const environments = registry?.environments ?? [];
    const connections = new Set(environments.map(connectionKey));
    const changed = (before?.environments ?? []).filter((environment) => !connections.has(connectionKey(environment)));
    for (const { id } of changed) {
      this.reads.forget(id);
    }
    this.parts.clients.keep(new Set(environments.map(({ id }) => id)));
    this.patch({ registry, flows, contents, isTrusted: workspace.isTrusted });
  }

  private async contents(flows: readonly Flow[], registry: Registry | undefined): Promise<PromotionState['contents']> {
    const contents = new Map<Flow, ReadonlyMap<string, FlowContent>>();
    if (registry) {
      const sources = await this.contentSources(registry);
      for (const flow of flows) {
        contents.set(flow, this.contentOf(flow, registry, sources));
      }
    }
    return contents;
  }

  /** A flow that is as it was sends what it sent, under the same registry. */
  private contentOf(flow: Flow, registry: Registry, sources: ContentSources): ReadonlyMap<string, FlowContent> {
    const known = this.contentCache.get(flow);
    if (known?.registry === registry) {
      return known.content;
    }
    const content = flowContents(flow, sources);
    this.contentCache.set(flow, { registry, content });
    return content;
  }

  private async contentSources(registry: Registry): Promise<ContentSources> {
    const digester = await this.digester();
    const marks = await readMarks(registry, valueMarks(this.state.folder, this.parts.secrets, digester));
    return { registry, marks, hashing: nodeHashing, digester };
  }

  private async digester(): Promise<ParameterDigester> {
    return new ParameterDigester(nodeHashing, await this.parts.secrets.digestKey());
  }

  private yamlOf(uri: Uri): Uri | undefined {
    const text = uri.toString();
    if (this.files.has(text)) {
      return uri;
    }
    const owner = [...this.files.values()].find(({ path }) => this.uriOf(parameterFileOf(path)) === text);
    return owner && Uri.parse(owner.file);
  }

  /** Where a flow's parameter file is, or would be. */
  parameterUri(file: string): string | undefined {
    const path = this.files.get(file)?.path;
    return path === undefined ? undefined : this.uriOf(parameterFileOf(path));
  }

  private uriOf(path: string): string {
    return Uri.joinPath(this.parts.folder.uri, path).toString();
  }

  private patch(change: Partial<FolderState>): void {
    this.state = { ...this.state, ...change };
    this.changed.fire();
  }

  /** Reads of files follow one another, so that an older one never overwrites a newer one. */
  private async enqueue(work: () => Promise<void>): Promise<void> {
    const next = this.queue.then(work);
    this.queue = next.catch(() => undefined);
    return next;
  }
}

function registryKey(file: TextFile): string | undefined {
  return file.kind === 'text' ? file.text : file.kind;
}

function isSameFile(known: FlowFile | undefined, file: FlowFile): boolean {
  return (
    known?.yaml === file.yaml &&
    known.path === file.path &&
    known.parameters?.text === file.parameters?.text &&
    known.parsed.faults.length === file.parsed.faults.length
  );
}
