import type { ValueMark, ValueMarks } from '../ports';
import type { Environment, Registry } from '../registry/types';
import { environmentLayers, type EffectiveParameters } from './effectiveParameters';
import { keysIn } from './keysIn';
import { cycles } from './resolveParameters';
import type { ParameterProblem } from './types';

/** By key: the marks of an environment's secrets and variables that have a value. */
export type EnvironmentMarks = ReadonlyMap<string, ValueMark>;

/** What is known of the values that would be sent, while no secret and no variable is read. */
export interface KnownParameters {
  /** Those that stand in files. */
  readonly texts: ReadonlyMap<string, string>;
  /** What the others are known by. */
  readonly marks: EnvironmentMarks;
  /** Why there is nothing to send; empty where there is. */
  readonly problems: readonly ParameterProblem[];
}

/**
 * The counterpart of `resolveParameters` for a state: follows the same keys, through marks instead of values. A cycle
 * that runs through a secret is found only when it is sent.
 */
export function knownParameters(
  effective: EffectiveParameters,
  used: ReadonlySet<string>,
  marks: EnvironmentMarks,
): KnownParameters {
  const texts = new Map<string, string>();
  const found = new Map<string, ValueMark>();
  const problems: ParameterProblem[] = [];
  // Grows while it is walked: a value may use further keys.
  const keys = new Set(used);
  for (const key of keys) {
    const definition = effective.get(key)?.definition;
    if (!definition) continue;
    if (definition.kind === 'text') {
      texts.set(key, definition.text);
      for (const inner of keysIn(definition.text)) keys.add(inner);
      continue;
    }
    const mark = marks.get(key);
    if (mark) {
      found.set(key, mark);
      for (const inner of mark.uses) keys.add(inner);
    } else {
      const { kind } = definition;
      problems.push(
        kind === 'env'
          ? { kind: 'variable-not-set', key, variable: definition.variable }
          : { kind: 'secret-not-stored', key },
      );
    }
  }
  return { texts, marks: found, problems: [...problems, ...cycles(texts)] };
}

/** Asks once per environment and not once per flow: a secret storage is slow. A flow has no secrets of its own. */
export async function readMarks(
  registry: Registry,
  source: ValueMarks,
): Promise<ReadonlyMap<string, EnvironmentMarks>> {
  const entries = registry.environments.map(
    async (environment) => [environment.id, await marksOf(registry, environment, source)] as const,
  );
  return new Map(await Promise.all(entries));
}

async function marksOf(registry: Registry, environment: Environment, source: ValueMarks): Promise<EnvironmentMarks> {
  const marks = new Map<string, ValueMark>();
  for (const { key, definition } of environmentLayers(registry, environment).values()) {
    if (definition.kind === 'text') continue;
    const mark =
      definition.kind === 'secret'
        ? await source.secretParameter(environment.id, key)
        : source.environmentVariable(definition.variable);
    if (mark) marks.set(key, mark);
  }
  return marks;
}
