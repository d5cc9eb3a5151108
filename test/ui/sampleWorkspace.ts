import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '../host/repositoryFolder';
import { temporaryFolder } from '../host/temporaryFolder';
import { freePorts } from './freePorts';

const firstPort = 8181;

export interface SampleWorkspace {
  readonly path: string;
  /** Of dev, test, staging and prod. */
  readonly ports: readonly number[];
  remove(): void;
}

/** A copy of the sample workspace whose four environments have ports that are free on this machine. */
export async function sampleWorkspace(): Promise<SampleWorkspace> {
  const root = temporaryFolder('pipebase-sample');
  const path = join(root.path, 'sample-workspace');
  cpSync(join(repositoryFolder, 'test', 'fixtures', 'sample-workspace'), path, { recursive: true });
  const ports = await freePorts(4);
  const registry = join(path, 'pipebase.yaml');
  const text = ports.reduce(
    (yaml, port, index) => yaml.replace(`localhost:${firstPort + index}`, `localhost:${port}`),
    readFileSync(registry, 'utf8'),
  );
  writeFileSync(registry, text);
  return {
    path,
    ports,
    remove: () => {
      root.remove();
    },
  };
}
