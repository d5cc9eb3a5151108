import { workspace } from 'vscode';
import type { ParameterDigester } from '../../core/parameters/parameterDigest';
import type { SecretValues, ValueMarks } from '../../core/ports';
import type { SecretStore } from './secretStore';

/** The values of a folder's secrets, and the variables of this process: for an operation that sends them. */
export function secretValues(folder: string, secrets: SecretStore): SecretValues {
  return {
    // In Restricted Mode nothing is sent, so nothing is looked up.
    secretParameter: async (environment, key) =>
      workspace.isTrusted ? secrets.secretParameter(folder, environment, key) : undefined,
    environmentVariable: (name) => (workspace.isTrusted ? process.env[name] : undefined),
  };
}

/**
 * What they are known by. A secret's mark is stored beside it, so the secret stays where it is. A variable has no place
 * for a mark, and may be another one after each start of VS Code: what cannot be compared must not be In sync, so its
 * mark is made here from what the process has, and no value leaves this function.
 */
export function valueMarks(folder: string, secrets: SecretStore, digester: ParameterDigester): ValueMarks {
  return {
    secretParameter: async (environment, key) =>
      workspace.isTrusted ? secrets.parameterMark(folder, environment, key) : undefined,
    environmentVariable: (name) => {
      const value = workspace.isTrusted ? process.env[name] : undefined;
      return value === undefined ? undefined : digester.mark(value);
    },
  };
}
