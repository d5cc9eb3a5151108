import { randomUUID } from 'node:crypto';
import type { RenamedRecord } from '../../core/operations/records';
import type { RememberedRecords } from '../../core/operations/rememberedRecords';
import { environmentLayers } from '../../core/parameters/effectiveParameters';
import type { Environment } from '../../core/registry/types';
import type { SecretStore } from '../adapters/secretStore';
import type { LocalEnvironmentsStore } from '../local/localEnvironmentsStore';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';

export interface BelongingsParts {
  readonly store: WorkspaceStore;
  readonly secrets: SecretStore;
  readonly records: RememberedRecords;
  readonly local: LocalEnvironmentsStore;
}

/** What belongs to an environment and stands outside of `pipebase.yaml`: token, secrets, records, local flows. */
export class EnvironmentBelongings {
  constructor(private readonly parts: BelongingsParts) {}

  /** Copies and never moves: a rename can be undone in the editor, and then the old id is in use again. */
  async copy(folder: StoredFolder, environment: Environment, newId: string): Promise<void> {
    const { secrets, records, local } = this.parts;
    const key = folder.state.folder;
    const renamed = { id: newId, origin: environment.origin };
    const token = await secrets.token(environment);
    if (token !== undefined) {
      await secrets.setToken(renamed, token);
    }
    for (const parameter of secretKeys(folder, environment)) {
      const value = await secrets.secretParameter(key, environment.id, parameter);
      if (value !== undefined) {
        await secrets.setSecretParameter(key, newId, parameter, value);
      }
    }
    await local.copyFlows(folder, environment.id, newId);
    const record: RenamedRecord = {
      phase: 'renamed',
      id: randomUUID(),
      at: Date.now(),
      folder: key,
      environment: environment.id,
      newEnvironment: newId,
    };
    await records.append(record);
  }

  /** A local environment that runs in this window begins again, under its new id. */
  async restart(folder: StoredFolder): Promise<void> {
    const { local, store } = this.parts;
    const now = store.folder(folder.state.folder);
    if (now && local.isRunning(now)) {
      await local.restart(now, store);
    }
  }

  async forget(folder: StoredFolder, environment: Environment): Promise<void> {
    const { secrets } = this.parts;
    await secrets.clearToken(environment);
    for (const parameter of secretKeys(folder, environment)) {
      await secrets.clearSecretParameter(folder.state.folder, environment.id, parameter);
    }
  }
}

function secretKeys({ state }: StoredFolder, environment: Environment): readonly string[] {
  const layers = state.registry ? [...environmentLayers(state.registry, environment).values()] : [];
  return layers.filter(({ definition }) => definition.kind === 'secret').map(({ key }) => key);
}
