import type { FlowContent } from '../../src/core/operations/flowContent';
import { OperationLock } from '../../src/core/operations/operationLock';
import { DeploymentMemory } from '../../src/core/operations/deploymentMemory';
import type { LogRecord } from '../../src/core/operations/records';
import { RememberedRecords } from '../../src/core/operations/rememberedRecords';
import type { Sending } from '../../src/core/operations/prepareSending';
import { runOperation } from '../../src/core/operations/runOperation';
import type { OperationPlan, OperationPorts, OperationResult } from '../../src/core/operations/types';
import { RuntimeError, type RuntimeClient } from '../../src/core/ports';
import { cellState } from '../../src/core/promotion/cellState';
import type { Operation, Situation } from '../../src/core/promotion/gate';
import type { CellState, EnvironmentReading } from '../../src/core/promotion/types';
import type { Environment } from '../../src/core/registry/types';
import { aFlow, anEnvironment, digestsOf, hashing } from './builders';

/** What a runtime does with the next write, or from now on with everything. */
export type Fault =
  | 'none'
  | 'down'
  | 'unauthorized'
  | 'rejects'
  | 'pretends'
  | 'answer-lost-after'
  | 'answer-lost-before'
  | 'arrives-late'
  | 'answers-early'
  | 'error-after'
  | 'dies-after'
  | 'dies-before';

interface Running {
  readonly yaml: string;
  readonly params: string;
}

/**
 * What becomes of values. `beside`: they are sent beside the YAML, whose hash says nothing of them. `here`: they are put
 * into it before it is sent. `there`: the runtime puts them in, and hashes what it gets. `odd`: as `beside`, with a hash of
 * a kind that nobody knows.
 */
export type ValueMode = 'beside' | 'here' | 'there' | 'odd';

const hashes: Readonly<Record<ValueMode, WorldRuntime['hashOf']>> = {
  beside: (yaml) => hashing.digest('sha256', yaml),
  here: (yaml) => hashing.digest('sha256', yaml),
  there: (yaml, params) => hashing.digest('sha256', yaml.replace('{{p}}', (JSON.parse(params) as { p: string }).p)),
  odd: (yaml) => `revision of ${yaml}`,
};

/** A runtime that holds one flow, with the hash that it says it has. */
export class WorldRuntime implements RuntimeClient {
  private copy: Running | undefined;
  private modified = 0;
  private late: (() => void)[] = [];
  fault: Fault = 'none';
  hashOf: (yaml: string, params: string) => string | undefined = (yaml) => hashing.digest('sha256', yaml);
  writes = 0;
  routeCount = 1;
  /** Somebody does something while a write is on its way, before the runtime gets to it and before it answers. */
  onWrite: () => void | Promise<void> = () => undefined;

  get running(): Running | undefined {
    return this.copy;
  }

  set running(copy: Running | undefined) {
    this.copy = copy;
    this.modified++;
  }

  /** Writes whose answers were lost happen now. */
  arrive(): void {
    for (const effect of this.late.splice(0)) effect();
  }

  health: RuntimeClient['health'] = () => Promise.resolve({ status: 'UP', routes: [] });

  listFlows: RuntimeClient['listFlows'] = () => {
    if (this.fault === 'down' || this.fault === 'unauthorized') {
      return Promise.reject(new RuntimeError(this.fault === 'down' ? 'network' : 'unauthorized'));
    }
    const hash = this.running && this.hashOf(this.running.yaml, this.running.params);
    const item = {
      id: 'orders',
      routeCount: this.routeCount,
      lastModified: this.modified,
      ...(hash === undefined ? {} : { hash }),
    };
    return Promise.resolve(this.running ? [item] : []);
  };

  putFlow: RuntimeClient['putFlow'] = (_id, { yaml, params }, signal) =>
    this.write({}, signal, () => {
      this.running = { yaml, params: JSON.stringify(params ?? {}) };
    });

  deleteFlow: RuntimeClient['deleteFlow'] = (_id, signal) =>
    this.write(true, signal, () => {
      this.running = undefined;
    });

  close = (): Promise<void> => Promise.resolve();

  /** A client that is cancelled on the way does not learn what its request came to. */
  private async write<T>(answer: T, signal: AbortSignal | undefined, effect: () => void): Promise<T> {
    this.writes++;
    await this.onWrite();
    const answered = this.answer(answer, effect);
    answered.catch(() => undefined);
    await this.onWrite();
    if (signal?.aborted === true) {
      await answered.catch(() => undefined);
      throw new RuntimeError('cancelled', { isOutcomeUnknown: true });
    }
    return answered;
  }

  private answer<T>(answer: T, effect: () => void): Promise<T> {
    const lost = new RuntimeError('timeout', { isOutcomeUnknown: true });
    // One write after the other, unless it answers before it looks at any.
    if (this.fault !== 'pretends' && this.fault !== 'answers-early') this.arrive();
    switch (this.fault) {
      case 'none':
        effect();
        return Promise.resolve(answer);
      case 'pretends':
        return Promise.resolve(answer);
      case 'rejects':
        return Promise.reject(new RuntimeError('rejected', { status: 400, detail: 'no' }));
      case 'answer-lost-after':
        effect();
        return Promise.reject(lost);
      case 'answer-lost-before':
        return Promise.reject(lost);
      case 'error-after':
        effect();
        return Promise.reject(new RuntimeError('server-error', { status: 500 }));
      case 'arrives-late':
        this.late.push(effect);
        return Promise.reject(lost);
      case 'answers-early':
        this.late.push(effect);
        return Promise.resolve(answer);
      case 'dies-after':
        effect();
        this.fault = 'down';
        return Promise.reject(lost);
      case 'dies-before':
        this.fault = 'down';
        return Promise.reject(lost);
      case 'down':
        return Promise.reject(new RuntimeError('network'));
      case 'unauthorized':
        return Promise.reject(new RuntimeError('unauthorized'));
    }
  }
}

/** An editor window, with what it read of runtimes and log. */
class WorldWindow {
  readonly readings = new Map<string, EnvironmentReading>();
  readonly lock = new OperationLock();
  readonly memory = new DeploymentMemory();
  readonly records: RememberedRecords;
  /** It dies after a write and before its record. */
  losesEndedRecord = false;
  private place = 0;

  constructor(log: LogRecord[]) {
    this.records = new RememberedRecords(
      {
        keepContent: () => Promise.resolve(),
        append: (record) => {
          if (record.phase === 'started' || !this.losesEndedRecord) log.push(record);
          return Promise.resolve();
        },
        readNew: () => {
          const records = log.slice(this.place);
          this.place = log.length;
          return Promise.resolve({ isAnew: false, records });
        },
      },
      this.memory,
    );
  }
}

/** One flow, three environments in a chain, a log, two windows, and a person who says yes: everything that an operation meets. */
export class PromotionWorld {
  environments: readonly Environment[] = [
    anEnvironment('dev', { promotesTo: 'test', isDefault: true }),
    anEnvironment('test', { promotesTo: 'prod' }),
    anEnvironment('prod', { isProtected: true }),
  ];
  readonly runtimes = new Map(this.environments.map(({ id }) => [id, new WorldRuntime()]));
  readonly log: LogRecord[] = [];
  readonly plans: OperationPlan[] = [];
  private modes: ReadonlyMap<string, ValueMode> = new Map();
  private window = new WorldWindow(this.log);
  private other = new WorldWindow(this.log);
  yaml = 'v1';
  params = 'p1';
  runsNothing = false;
  isTrusted = true;
  answersYes = true;
  /** Milliseconds since the world began. */
  time = 0;
  private ids = 0;

  get readings(): Map<string, EnvironmentReading> {
    return this.window.readings;
  }

  get lock(): OperationLock {
    return this.window.lock;
  }

  get memory(): DeploymentMemory {
    return this.window.memory;
  }

  /** Whoever works in this window now works in the other one. */
  switchWindow(): void {
    [this.window, this.other] = [this.other, this.window];
  }

  /** The window loses the ends of its operations, until it is another one. */
  die(): void {
    this.window.losesEndedRecord = true;
  }

  /** Somebody edits pipebase.yaml. */
  change(id: string, change: Partial<Environment>): void {
    this.environments = this.environments.map((one) => (one.id === id ? { ...one, ...change } : one));
  }

  runtime(id: string): WorldRuntime {
    const runtime = this.runtimes.get(id);
    if (!runtime) {
      throw new Error(`no runtime ${id}`);
    }
    return runtime;
  }

  async read(id: string, signal?: AbortSignal, window = this.window): Promise<void> {
    await window.records.readOn();
    try {
      const flows = await this.runtime(id).listFlows(signal);
      // What is no longer wanted is not kept: the last reading stays.
      if (signal?.aborted === true) {
        return;
      }
      window.readings.set(id, { kind: 'read', at: 0, flows: new Map(flows.map((flow) => [flow.id, flow])) });
    } catch (error) {
      const reason = error instanceof RuntimeError && error.kind !== 'cancelled' ? error.kind : 'network';
      window.readings.set(id, { kind: 'failed', at: 0, reason });
    }
  }

  /** What each runtime runs, and how it answers. */
  runtimeStates(): readonly unknown[] {
    return [...this.runtimes.values()].map(({ running, fault }) => [running, fault]);
  }

  async readAll(): Promise<void> {
    await Promise.all(this.environments.map(({ id }) => this.read(id)));
  }

  /** How environments use the parameter, which is a secret; `beside` where nothing is said. */
  use(modes: Readonly<Record<string, ValueMode>>): void {
    this.modes = new Map(Object.entries(modes));
    for (const [id, mode] of this.modes) this.runtime(id).hashOf = hashes[mode];
  }

  isRenderedHere(id: string): boolean {
    return this.modes.get(id) === 'here';
  }

  /** The YAML as it is on disk. */
  source(id: string, text = this.yaml): string {
    const mode = this.modes.get(id);
    return mode === 'here' || mode === 'there' ? `${text}: "{{p}}"` : text;
  }

  /** What a deploy of a text with a value puts there. */
  sent(id: string, text = this.yaml, value = this.params): Running {
    const params = this.isRenderedHere(id) ? {} : { p: value };
    const yaml = this.isRenderedHere(id) ? `${text}: "${value}"` : this.source(id, text);
    return { yaml, params: JSON.stringify(params) };
  }

  content(id: string): FlowContent {
    const yaml = this.source(id);
    return {
      yaml,
      digests: digestsOf(yaml, { values: undefined, ...this.substitution(id) }),
      parameterDigest: this.digest(),
      parameterNames: ['p'],
      missingKeys: [],
      problems: [],
      runsNothing: this.runsNothing,
    };
  }

  /** The value is read now, and not when the content was. */
  sending(id: string): Sending {
    const { yaml } = this.sent(id);
    const params = this.isRenderedHere(id) ? {} : { params: { p: this.params } };
    const digests = digestsOf(this.source(id), { values: new Map([['p', this.params]]), ...this.substitution(id) });
    return {
      kind: 'ready',
      body: { yaml, ...params },
      digests,
      parameterDigest: this.digest(),
      runsNothing: this.runsNothing,
    };
  }

  private substitution(id: string): { substitution: 'client' | 'runtime' } {
    return { substitution: this.isRenderedHere(id) ? 'client' : 'runtime' };
  }

  private digest(): string {
    return hashing.keyedDigest('key', this.params);
  }

  cell(id: string, window = this.window): CellState {
    const content = this.content(id);
    return cellState({
      flowId: 'orders',
      reading: window.readings.get(id) ?? { kind: 'not-read' },
      content,
      memory: window.memory.cell('folder', id, 'http://localhost', 'orders'),
      scheme: window.memory.variant('folder', id, 'http://localhost'),
    });
  }

  situation(window = this.window): Situation {
    return {
      isTrusted: this.isTrusted,
      flowId: 'orders',
      flow: aFlow('orders', this.yaml),
      environment: (id) => this.environments.find((environment) => environment.id === id),
      cell: (id) => this.cell(id, window),
      running: (id) => window.lock.running(JSON.stringify(['folder', id, 'orders'])),
    };
  }

  perform(operation: Operation, change: Partial<OperationPorts> = {}, signal?: AbortSignal): Promise<OperationResult> {
    return runOperation(
      operation,
      this.window.lock,
      { ...this.ports(), ...change },
      signal ?? new AbortController().signal,
    );
  }

  /** A new window: only the log on disk is left. */
  async restart(): Promise<void> {
    this.window = new WorldWindow(this.log);
    await this.window.records.readOn();
  }

  /** Those of the window that an operation begins in, whatever happens in another one meanwhile. */
  private ports(): OperationPorts {
    const { window } = this;
    return {
      folder: 'folder',
      clock: { now: () => this.time },
      records: window.records,
      newId: () => String(++this.ids),
      situation: () => this.situation(window),
      memory: ({ id, origin }) => window.memory.cell('folder', id, origin, 'orders'),
      preferredVariant: ({ id, origin }) => window.memory.variant('folder', id, origin),
      reading: (id) => window.readings.get(id) ?? { kind: 'not-read' },
      read: (id, signal) => this.read(id, signal, window),
      content: ({ id }) => Promise.resolve(this.content(id)),
      sending: ({ id }) => Promise.resolve(this.sending(id)),
      client: ({ id }) => this.runtime(id),
      confirm: (plan) => {
        this.plans.push(plan);
        return Promise.resolve(this.answersYes);
      },
      gitState: () => ({}),
      onStep: () => undefined,
      onUnrecorded: () => undefined,
    };
  }
}
