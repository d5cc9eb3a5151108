import type { Breakage } from './breakFlow';
import { camelBreakages } from './camelBreakages';
import { generatedFlows } from './generatedFlows';
import { sharedBreakages } from './sharedBreakages';
import { strictBreakages } from './strictBreakages';

export interface BrokenFlow {
  readonly breakage: Breakage;
  readonly yaml: string;
}

export const breakages: readonly Breakage[] = [...sharedBreakages, ...strictBreakages, ...camelBreakages];

/** Flows that are broken in one place each, every way in turn; the same ones for the same seed. */
export function brokenFlows(count: number, seed: number): readonly BrokenFlow[] {
  const flows = generatedFlows(count, seed);
  const found: BrokenFlow[] = [];
  for (let choice = 0; found.length < count; choice++) {
    for (const breakage of breakages) {
      const flow = flows[found.length % flows.length];
      const yaml = flow && breakage.broken(flow, choice);
      if (yaml !== undefined && found.length < count) found.push({ breakage, yaml });
    }
  }
  return found;
}

/** The ways to break a flow on which Camel's loader and the local runtime do not agree. */
export const namedDifferences: readonly string[] = breakages
  .filter(({ here, camel }) => !here || !camel)
  .map(({ name }) => name);
