import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { repositoryFolder } from '../../host/repositoryFolder';
import { temporaryFolder } from '../../host/temporaryFolder';
import type { Folder } from '../folderWith';
import { freePorts } from '../../host/freePorts';
import { samplePorts, withPorts } from '../sampleWorkspace';

export interface Checkout extends Folder {
  /** Of dev, test, staging and prod in its sample workspace. */
  readonly ports: readonly number[];
}

/** What a clone does not hold, or `npm ci` makes. */
const isMade = /^(node_modules|dist|out|\.git|test\/camel-runtime\/target)$/;

/** A copy of this checkout as it is after `npm ci`, with ports in its sample workspace that are free here. */
export async function checkoutCopy(): Promise<Checkout> {
  const root = temporaryFolder('pipebase-checkout');
  const path = join(root.path, 'pipebase');
  mkdirSync(path);
  cpSync(repositoryFolder, path, {
    recursive: true,
    filter: (source) => !isMade.test(relative(repositoryFolder, source).replaceAll('\\', '/')),
  });
  symlinkSync(join(repositoryFolder, 'node_modules'), join(path, 'node_modules'), 'junction');
  const ports = await freePorts(samplePorts.length);
  const registry = join(path, 'test', 'fixtures', 'sample-workspace', 'pipebase.yaml');
  writeFileSync(registry, withPorts(readFileSync(registry, 'utf8'), ports));
  return {
    path,
    ports,
    remove: () => {
      root.remove();
    },
  };
}
