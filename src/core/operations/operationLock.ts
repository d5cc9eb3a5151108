import type { Action } from './records';

/** One operation per flow and environment at a time. */
export class OperationLock {
  private readonly held = new Map<string, Action>();

  /** A function that gives the place back, or undefined where another operation holds it. */
  acquire(place: string, action: Action): (() => void) | undefined {
    if (this.held.has(place)) {
      return undefined;
    }
    this.held.set(place, action);
    return () => {
      this.held.delete(place);
    };
  }

  running(place: string): Action | undefined {
    return this.held.get(place);
  }
}

/** The name under which an operation holds its flow and environment. */
export function lockPlace(folder: string, environmentId: string, flowId: string): string {
  return JSON.stringify([folder, environmentId, flowId]);
}
