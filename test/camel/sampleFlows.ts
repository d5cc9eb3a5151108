import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildCatalogue } from '../../src/core/flows/buildCatalogue';
import { parseFlowYaml } from '../../src/core/flows/parseFlow';
import { prepareSending } from '../../src/core/operations/prepareSending';
import { ParameterDigester } from '../../src/core/parameters/parameterDigest';
import { parseRegistry } from '../../src/core/registry/parseRegistry';
import { repositoryFolder } from '../host/repositoryFolder';
import { hashing } from '../support/builders';
import type { CamelEnvironment } from './startCamelRuntimes';

const workspace = join(repositoryFolder, 'test', 'fixtures', 'sample-workspace');

/** What a deploy of each flow of the sample project sends to an environment. */
export async function sampleFlows(
  environmentId: CamelEnvironment,
): Promise<
  readonly { readonly id: string; readonly yaml: string; readonly params: Readonly<Record<string, string>> }[]
> {
  const registry = parseRegistry(readFileSync(join(workspace, 'pipebase.yaml'), 'utf8'), 'pipebase.yaml');
  const environment = registry.environments.find(({ id }) => id === environmentId);
  if (!environment) throw new Error(`The sample project has no environment ${environmentId}.`);
  const secrets = { secretParameter: () => Promise.resolve('secret'), environmentVariable: () => undefined };
  const sources = { registry, secrets, hashing, digester: new ParameterDigester(hashing, 'key') };
  const flows = buildCatalogue(flowFiles());
  return Promise.all(
    flows.map(async (flow) => {
      const sending = await prepareSending(flow, environment, sources);
      if (sending.kind === 'unresolved') throw new Error(`The parameters of ${flow.id} cannot be resolved.`);
      const { body } = sending;
      return { id: flow.id, yaml: body.yaml, params: body.params ?? {} };
    }),
  );
}

function flowFiles() {
  const paths = readdirSync(workspace, { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => path.endsWith('.camel.yaml'))
    .sort()
    .map((path) => {
      const file = pathToFileURL(join(workspace, path)).href;
      const yaml = readFileSync(join(workspace, path), 'utf8');
      const parameterPath = join(
        workspace,
        path.replace(/flow\.camel\.yaml$/, 'params.json').replace(/\.camel\.yaml$/, '.params.json'),
      );
      const parameters = readIfThere(parameterPath);
      return {
        file,
        path: relative('.', path).split(sep).join('/'),
        yaml,
        parsed: parseFlowYaml(yaml, file),
        ...(parameters === undefined
          ? {}
          : { parameters: { file: pathToFileURL(parameterPath).href, text: parameters } }),
      };
    });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
