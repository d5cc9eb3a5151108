import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFreePort } from '../host/isFreePort';
import { repositoryFolder } from '../host/repositoryFolder';
import { temporaryFolder } from '../host/temporaryFolder';
import { freePorts } from '../host/freePorts';

/** Of dev, test, staging and prod. */
export const samplePorts = [8181, 8182, 8183, 8184];

export interface SampleWorkspace {
  readonly path: string;
  /** Of dev, test, staging and prod. */
  readonly ports: readonly number[];
  remove(): void;
}

/**
 * A copy of the sample workspace whose four environments have ports that are free on this machine.
 *
 * @param isForShow keeps the sample's own ports where they are free
 */
export async function sampleWorkspace(isForShow = false): Promise<SampleWorkspace> {
  const root = temporaryFolder('pipebase-sample');
  const path = join(root.path, 'sample-workspace');
  cpSync(join(repositoryFolder, 'test', 'fixtures', 'sample-workspace'), path, { recursive: true });
  const canKeep = isForShow && (await Promise.all(samplePorts.map(isFreePort))).every(Boolean);
  const ports = canKeep ? samplePorts : await freePorts(samplePorts.length);
  const registry = join(path, 'pipebase.yaml');
  writeFileSync(registry, withPorts(readFileSync(registry, 'utf8'), ports));
  return {
    path,
    ports,
    remove: () => {
      root.remove();
    },
  };
}

/** The sample's registry with other ports. */
export function withPorts(registry: string, ports: readonly number[]): string {
  return ports.reduce(
    (yaml, port, index) => yaml.replace(`localhost:${samplePorts[index] ?? 0}`, `localhost:${port}`),
    registry,
  );
}
