import type { SecretValues } from '../ports';
import type { EffectiveParameters } from './effectiveParameters';
import type { ResolvedParameters } from './types';

/** The values to send, read at this moment; only the keys in `used`. */
export async function resolveParameters(
  effective: EffectiveParameters,
  used: ReadonlySet<string>,
  environmentId: string,
  secrets: SecretValues,
): Promise<ResolvedParameters> {
  void effective;
  void used;
  void environmentId;
  void secrets;
  return Promise.resolve({ kind: 'resolved', values: new Map(), secretKeys: new Set() });
}
