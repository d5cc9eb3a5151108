import type { SecretValues } from '../ports';
import type { EffectiveParameters } from './effectiveParameters';
import { keysIn } from './keysIn';
import { Substituter } from './substitute';
import type { EffectiveParameter, ParameterProblem, ResolvedParameters } from './types';

/**
 * The values to send, read at this moment: those of the keys in `used` that are defined, and those of keys that turn up
 * in secrets and variables. Values come as they are: placeholders inside stay for whoever substitutes. Every problem is
 * told at once, and then there are no values.
 */
export async function resolveParameters(
  effective: EffectiveParameters,
  used: ReadonlySet<string>,
  environmentId: string,
  secrets: SecretValues,
): Promise<ResolvedParameters> {
  const values = new Map<string, string>();
  const secretKeys = new Set<string>();
  const problems: ParameterProblem[] = [];
  // Grows while it is walked: a value may use further keys.
  const keys = new Set(used);
  for (const key of keys) {
    const parameter = effective.get(key);
    if (!parameter) continue;
    // A variable of the process is as likely a secret as not.
    if (parameter.definition.kind !== 'text') secretKeys.add(key);
    const value = await read(parameter, environmentId, secrets);
    if (typeof value === 'object') {
      problems.push(value);
      continue;
    }
    values.set(key, value);
    for (const inner of keysIn(value)) keys.add(inner);
  }
  problems.push(...cycles(values));
  return problems.length > 0 ? { kind: 'unresolved', problems } : { kind: 'resolved', values, secretKeys };
}

async function read(
  { key, definition }: EffectiveParameter,
  environmentId: string,
  secrets: SecretValues,
): Promise<string | ParameterProblem> {
  switch (definition.kind) {
    case 'text':
      return definition.text;
    case 'secret':
      return (await secrets.secretParameter(environmentId, key)) ?? { kind: 'secret-not-stored', key };
    case 'env': {
      const { variable } = definition;
      return secrets.environmentVariable(variable) ?? { kind: 'variable-not-set', key, variable };
    }
  }
}

/** Each cycle once, whichever of its keys it is entered by. */
export function cycles(values: ReadonlyMap<string, string>): readonly ParameterProblem[] {
  const substituter = new Substituter(values);
  const told = new Set<string>();
  const problems: ParameterProblem[] = [];
  for (const value of values.values()) {
    const result = substituter.substitute(value);
    if (result.kind !== 'failed' || result.reason !== 'cycle' || result.chain.some((key) => told.has(key))) continue;
    for (const key of result.chain) told.add(key);
    problems.push({ kind: 'cycle', chain: result.chain });
  }
  return problems;
}
