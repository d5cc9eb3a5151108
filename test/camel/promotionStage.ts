import { buildCatalogue } from '../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../src/core/flows/parseFlow';
import type { Flow } from '../../src/core/flows/types';
import { type FlowContent, flowContents } from '../../src/core/operations/flowContent';
import { prepareSending } from '../../src/core/operations/prepareSending';
import { lockPlace, OperationLock } from '../../src/core/operations/operationLock';
import { DeploymentMemory } from '../../src/core/operations/deploymentMemory';
import { runOperation } from '../../src/core/operations/runOperation';
import type { OperationPorts, OperationResult } from '../../src/core/operations/types';
import { ParameterDigester } from '../../src/core/parameters/parameterDigest';
import { RuntimeError, type RuntimeClient } from '../../src/core/ports';
import { cellState } from '../../src/core/promotion/cellState';
import type { Operation, Situation } from '../../src/core/promotion/gate';
import type { CellState, EnvironmentReading } from '../../src/core/promotion/types';
import { parseRegistry } from '../../src/core/registry/parseRegistry';
import type { Environment, Registry } from '../../src/core/registry/types';
import { createRuntimeClient } from '../../src/runtime/runtimeClient';
import { hashing } from '../support/builders';

const folder = 'folder';
const digester = new ParameterDigester(hashing, 'key');
const noSecrets = { secretParameter: () => Promise.resolve(undefined), environmentVariable: () => undefined };

/** One flow and the runtimes of a `pipebase.yaml`, moved by the extension's own operations and its own client. */
export class PromotionStage {
  private readonly registry: Registry;
  private readonly clients: ReadonlyMap<string, RuntimeClient>;
  private readonly readings = new Map<string, EnvironmentReading>();
  private readonly contents = new Map<string, FlowContent>();
  private readonly memory = new DeploymentMemory();
  private readonly lock = new OperationLock();
  private flow: Flow;
  private ids = 0;

  /** @param tokenOf of an environment */
  constructor(
    registry: string,
    private readonly flowId: string,
    yaml: string,
    tokenOf: (environmentId: string) => string,
  ) {
    this.registry = parseRegistry(registry, 'pipebase.yaml');
    if (this.registry.faults.length > 0) throw new Error(JSON.stringify(this.registry.faults));
    this.flow = parsed(flowId, yaml);
    this.clients = new Map(
      this.registry.environments.map(({ id, url, timeoutMs }) => [
        id,
        createRuntimeClient({
          baseUrl: url,
          token: () => Promise.resolve(tokenOf(id)),
          timeoutMs,
          allowInsecure: false,
          userAgent: 'pipebase-test',
        }),
      ]),
    );
  }

  /** Somebody saves the file. */
  edit(yaml: string): void {
    this.flow = parsed(this.flowId, yaml);
  }

  perform(operation: Operation): Promise<OperationResult> {
    return runOperation(operation, this.lock, this.ports(), new AbortController().signal);
  }

  /** What the matrix shows after a refresh. */
  async states(): Promise<Readonly<Record<string, CellState['state']>>> {
    await Promise.all(this.registry.environments.map(({ id }) => this.read(id)));
    return Object.fromEntries(this.registry.environments.map(({ id }) => [id, this.cell(id).state]));
  }

  async close(): Promise<void> {
    await Promise.all([...this.clients.values()].map((client) => client.close()));
  }

  private async read(id: string): Promise<void> {
    const environment = this.environment(id);
    const content = this.content(environment);
    if (content) this.contents.set(id, content);
    try {
      const flows = await this.client(environment).listFlows();
      this.readings.set(id, { kind: 'read', at: 0, flows: new Map(flows.map((flow) => [flow.id, flow])) });
    } catch (error) {
      const reason = error instanceof RuntimeError && error.kind !== 'cancelled' ? error.kind : 'network';
      this.readings.set(id, { kind: 'failed', at: 0, reason });
    }
  }

  private cell(id: string): CellState {
    const { origin } = this.environment(id);
    const content = this.contents.get(id);
    if (!content) return { state: 'unknown', reason: 'not-read' };
    return cellState({
      flowId: this.flowId,
      reading: this.readings.get(id) ?? { kind: 'not-read' },
      content,
      memory: this.memory.cell(folder, id, origin, this.flowId),
    });
  }

  private content({ id }: Environment): FlowContent | undefined {
    const { registry } = this;
    return flowContents(this.flow, { registry, marks: new Map(), hashing, digester }).get(id);
  }

  private environment(id: string): Environment {
    const found = this.registry.environments.find((environment) => environment.id === id);
    if (!found) throw new Error(`There is no environment ${id}.`);
    return found;
  }

  private client({ id }: Environment): RuntimeClient {
    const client = this.clients.get(id);
    if (!client) throw new Error(`There is no client of ${id}.`);
    return client;
  }

  private situation(): Situation {
    return {
      isTrusted: true,
      flowId: this.flowId,
      flow: this.flow,
      environment: (id) => this.registry.environments.find((environment) => environment.id === id),
      cell: (id) => this.cell(id),
      running: (id) => this.lock.running(lockPlace(folder, id, this.flowId)),
    };
  }

  private ports(): OperationPorts {
    return {
      folder,
      clock: { now: () => Date.now() },
      records: {
        keepContent: () => Promise.resolve(),
        append: (record) => {
          this.memory.add(record);
          return Promise.resolve();
        },
      },
      newId: () => String(++this.ids),
      situation: () => this.situation(),
      memory: ({ id, origin }) => this.memory.cell(folder, id, origin, this.flowId),
      preferredVariant: ({ id, origin }) => this.memory.variant(folder, id, origin),
      reading: (id) => this.readings.get(id) ?? { kind: 'not-read' },
      read: (id) => this.read(id),
      content: (environment) => Promise.resolve(this.content(environment)),
      sending: (environment) =>
        prepareSending(this.flow, environment, { registry: this.registry, secrets: noSecrets, hashing, digester }),
      client: (environment) => this.client(environment),
      confirm: () => Promise.resolve(true),
      gitState: () => ({}),
      onStep: () => undefined,
      onUnrecorded: () => undefined,
    };
  }
}

function parsed(id: string, yaml: string): Flow {
  const path = `${id}.camel.yaml`;
  const [flow] = buildCatalogue([{ file: path, path, yaml, parsed: parseFlowYaml(yaml, path) }]);
  if (!flow) throw new Error(`${path} is no flow.`);
  return flow;
}
