import { createHash } from 'node:crypto';
import type { Log } from '../core/ports';
import { FlowFiles, type FlowFile } from './flowFiles';
import { judgeFlow, type JudgedFlow } from './judgeFlow';
import type { PutBody } from './readPutBody';
import { Refusal } from './refusal';
import { Turns } from './turns';

export interface InstalledFlow extends JudgedFlow {
  readonly id: string;
  /** SHA-256 of the YAML received, UTF-8, in hex (canonical shapes). */
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** The flows that a local environment has installed, in memory and on disk. Changes happen one after the other. */
export class LocalFlowStore {
  private flows: ReadonlyMap<string, InstalledFlow> = new Map();
  private readonly turns = new Turns();
  private readonly files: FlowFiles;

  constructor(
    directory: string,
    private readonly log: Log | undefined,
  ) {
    this.files = new FlowFiles(directory, log);
  }

  /** In order of their ids. */
  list(): InstalledFlow[] {
    return [...this.flows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async load(): Promise<void> {
    for (const file of await this.files.readAll()) this.admit(file);
  }

  /** Installs or replaces. A {@link Refusal} leaves what was installed as it was. */
  async put(id: string, body: PutBody): Promise<InstalledFlow> {
    const judged = judgeFlow(id, body);
    return this.turns.take(async () => {
      this.refuseConflict(id, judged);
      const lastModified = await this.files.write(id, body.yaml, [...body.params.keys()].sort());
      const flow = { id, hash: sha256(body.yaml), lastModified, ...judged };
      this.flows = new Map([...this.flows, [id, flow]]);
      return flow;
    });
  }

  /** Resolves to `false` for an id that is not installed. */
  delete(id: string): Promise<boolean> {
    return this.turns.take(async () => {
      if (!this.flows.has(id)) return false;
      await this.files.delete(id);
      this.flows = new Map([...this.flows].filter(([other]) => other !== id));
      return true;
    });
  }

  clear(): Promise<void> {
    return this.turns.take(async () => {
      await this.files.deleteAll();
      this.flows = new Map();
    });
  }

  /** Resolves when the changes that are under way are on disk. */
  async settled(): Promise<void> {
    await this.turns.take(() => Promise.resolve());
  }

  /** Takes over a file from an earlier run; a damaged one must not keep the others from being there. */
  private admit({ id, yaml, lastModified }: FlowFile): void {
    try {
      const judged = judgeFlow(id, { yaml, params: new Map() });
      this.refuseConflict(id, judged);
      this.flows = new Map([...this.flows, [id, { id, hash: sha256(yaml), lastModified, ...judged }]]);
    } catch (error) {
      this.log?.warn(`The stored flow "${id}" is skipped: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private refuseConflict(id: string, { routeIds }: JudgedFlow): void {
    for (const other of this.flows.values()) {
      const shared = other.id === id ? undefined : other.routeIds.find((routeId) => routeIds.includes(routeId));
      if (shared === undefined) continue;
      throw new Refusal(409, `The route id "${shared}" is taken by the flow "${other.id}". Give the route another id.`);
    }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
