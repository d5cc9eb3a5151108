import type { Log } from '../../core/ports';
import type { EnvironmentReading, GoodReading } from '../../core/promotion/types';
import type { Environment } from '../../core/registry/types';
import { withLastAnswer, type FreshReading } from './readEnvironment';
import { untilAborted } from './untilAborted';

export interface EnvironmentReadsParts {
  /** As `pipebase.yaml` names it by now. */
  environment(id: string): Environment | undefined;
  /** Undefined where the reading was cancelled. */
  read(environment: Environment): Promise<FreshReading | undefined>;
  /** Something was read, or is being read, or is so no more. */
  onChange(): void;
  readonly log: Log;
}

interface Read {
  readonly done: Promise<void>;
  readonly dropping: AbortController;
  /** What follows for those to whom this one may be too old. */
  next?: Promise<void>;
}

/** What is known of a folder's environments, and what is being read there: of each at most one read that counts. */
export class EnvironmentReads {
  private readonly known = new Map<string, EnvironmentReading>();
  private readonly underWay = new Map<string, Read>();
  /** By {@link answerKey}. Outlives the reading, so that a token that is set anew or removed does not hide it. */
  private readonly lastAnswers = new Map<string, GoodReading>();
  private isDisposed = false;

  constructor(private readonly parts: EnvironmentReadsParts) {}

  get readings(): ReadonlyMap<string, EnvironmentReading> {
    return new Map(this.known);
  }

  get checking(): ReadonlySet<string> {
    return new Set(this.underWay.keys());
  }

  /** One read under way and one that waits serve everybody; with `force` the one under way may be too old. */
  async read(id: string, { force = false } = {}): Promise<void> {
    const environment = this.parts.environment(id);
    if (!environment || this.isDisposed) {
      return;
    }
    const current = this.underWay.get(id);
    if (!current) {
      return this.begin(environment);
    }
    return force ? (current.next ??= this.readAfter(current, id)) : current.done;
  }

  /** Whatever was read there, or is being read, may no longer be so: who asks from now on gets another read. */
  forget(id: string): void {
    this.known.delete(id);
    this.underWay.get(id)?.dropping.abort();
    this.underWay.delete(id);
    this.parts.onChange();
  }

  /**
   * What is under way is about to be ended by us, and no trouble of a runtime: it brings no news, and nothing follows. What
   * was read is forgotten: an operation that reads back what it sent must not take it for the answer.
   */
  dispose(): void {
    this.isDisposed = true;
    for (const { dropping } of this.underWay.values()) {
      dropping.abort();
    }
    this.underWay.clear();
    this.known.clear();
    this.parts.onChange();
  }

  /** Whatever is under way by then has begun after it was asked for, and is new enough. */
  private async readAfter({ done, dropping }: Read, id: string): Promise<void> {
    await untilAborted(done, dropping.signal).catch(() => undefined);
    return this.read(id);
  }

  private begin(environment: Environment): Promise<void> {
    const dropping = new AbortController();
    const done = this.readNow(environment, dropping.signal);
    this.underWay.set(environment.id, { done, dropping });
    this.parts.onChange();
    return done;
  }

  private async readNow(environment: Environment, dropped: AbortSignal): Promise<void> {
    try {
      const reading = await this.parts.read(environment);
      if (reading && !dropped.aborted) {
        this.keep(environment, reading);
      }
    } finally {
      if (!dropped.aborted) {
        this.underWay.delete(environment.id);
        this.parts.onChange();
      }
    }
  }

  private keep(environment: Environment, reading: FreshReading): void {
    this.logNews(environment, reading);
    const key = answerKey(environment);
    this.known.set(environment.id, withLastAnswer(reading, this.lastAnswers.get(key)));
    if (reading.kind === 'read') {
      this.lastAnswers.set(key, reading);
    }
  }

  /** What is as it was the last time is no news. */
  private logNews({ id, url }: Environment, reading: FreshReading): void {
    const { log } = this.parts;
    const before = this.known.get(id);
    const was = before?.kind === 'read' ? before : undefined;
    if (reading.kind === 'failed' && (before?.kind !== 'failed' || before.reason !== reading.reason)) {
      log.warn(`${id} (${url}) cannot be read: ${withDetail(reading.reason, reading.detail)}`);
    }
    if (reading.kind !== 'read') {
      return;
    }
    const { healthFailure, healthDetail } = reading;
    if (!was) {
      log.info(`${id} (${url}) answers, with ${String(reading.flows.size)} flows`);
    }
    if (healthFailure && healthFailure !== was?.healthFailure) {
      log.warn(`${id} (${url}) does not tell its health: ${withDetail(healthFailure, healthDetail)}`);
    }
    if (!healthFailure && was?.healthFailure) {
      log.info(`${id} (${url}) tells its health again`);
    }
  }
}

function withDetail(reason: string, detail: string | undefined): string {
  return detail === undefined ? reason : `${reason}: ${detail}`;
}

/** Of another URL, or another environment at this one, nothing is known by it. */
function answerKey({ id, url }: Environment): string {
  return JSON.stringify([id, url]);
}
