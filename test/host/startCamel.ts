import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretStorage } from 'vscode';
import { localEnvironmentsIn, type LocalEnvironment } from '../../src/core/registry/localEnvironments';
import { parseRegistry } from '../../src/core/registry/parseRegistry';
import { SecretStore } from '../../src/vscode/adapters/secretStore';
import { findJavaAndMaven, type JavaAndMaven } from '../camel/findJavaAndMaven';
import { type CamelPlace, startRuntimesAt } from '../camel/startCamelRuntimes';
import { isFreePort } from './isFreePort';
import { repositoryFolder } from './repositoryFolder';
import type { StartPlace } from './startPlace';
import type { StartSecrets } from './startSecrets';

/** The environments of the sample workspace as Apache Camel runs them. */
export interface StartedCamel {
  readonly secrets: StartSecrets;
  stop(): Promise<void>;
}

/** @throws Error with a sentence where Java or Maven is missing */
export async function findTools(): Promise<Extract<JavaAndMaven, { kind: 'found' }>> {
  const tools = await findJavaAndMaven();
  if (tools.kind === 'found') return tools;
  throw new Error(`${tools.reason} Install them, or run npm start without --camel.`);
}

/** What the sample workspace needs for it: no local environments, and flows that run without a server around them. */
export function prepareForCamel(workspace: string): void {
  rmSync(join(workspace, '.vscode'), { recursive: true, force: true });
  cpSync(join(repositoryFolder, 'test', 'fixtures', 'camel-flows'), join(workspace, 'flows'), { recursive: true });
}

/** Starts a runtime for each environment of `pipebase.yaml` on this machine; each gets a token that is made here. */
export async function startCamel(
  tools: Extract<JavaAndMaven, { kind: 'found' }>,
  { data, workspace }: StartPlace,
): Promise<StartedCamel> {
  const environments = localEnvironments(join(workspace, 'pipebase.yaml'));
  for (const { id, port } of environments) {
    if (await isFreePort(port)) continue;
    throw new Error(`Port ${port} of ${id} is taken. Stop what listens there, or change it in ${workspace}.`);
  }
  console.log(`Building and starting Apache Camel for ${environments.map(({ id }) => id).join(', ')}…`);
  const places = environments.map(({ id, port, origin }) => {
    return { id, port, origin, token: randomBytes(24).toString('base64url'), directory: join(data, 'camel', id) };
  });
  const runtimes = await startRuntimesAt(tools, places, { environment: process.env, system: {}, onOutput: print });
  return { secrets: await tokensAsSecrets(places), stop: () => runtimes.stop() };
}

function localEnvironments(file: string): readonly LocalEnvironment[] {
  const local = localEnvironmentsIn(parseRegistry(readFileSync(file, 'utf8'), file).environments);
  if (local.length === 0) throw new Error(`${file} has no environment on this machine.`);
  return local;
}

/** What the flows log, and what Camel complains of. */
function print(id: string, text: string): void {
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) console.log(`[${id}] ${line}`);
}

/** As the extension itself would store them. */
async function tokensAsSecrets(places: readonly (CamelPlace & { readonly origin: string })[]): Promise<StartSecrets> {
  const secrets = new Map<string, string>();
  const storage: Pick<SecretStorage, 'store' | 'get'> = {
    store: (key, value) => {
      secrets.set(key, value);
      return Promise.resolve();
    },
    // It is read back once it is stored.
    get: (key) => Promise.resolve(secrets.get(key)),
  };
  const store = new SecretStore(storage as SecretStorage);
  for (const { id, origin, token } of places) await store.setToken({ id, origin }, token);
  return [...secrets];
}
