import { createHash, createHmac } from 'node:crypto';
import type { Flow } from '../../src/core/flows/types';
import { DeploymentMemory } from '../../src/core/operations/deploymentMemory';
import type { Hashing } from '../../src/core/ports';
import { ContentDigests, TextDigests, type ContentForms } from '../../src/core/promotion/contentHash';
import type { Environment, Registry } from '../../src/core/registry/types';
import { startOfFile } from '../../src/core/source';
import type { FolderState } from '../../src/vscode/state/folderState';

export const hashing: Hashing = {
  digest: (algorithm, text) => createHash(algorithm).update(text).digest('hex'),
  keyedDigest: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
};

/** Of a YAML that is sent as it is. */
export function digestsOf(yaml: string, change: Partial<ContentForms> = {}): ContentDigests {
  const source = new TextDigests(hashing, yaml);
  return new ContentDigests({ source, substitution: 'runtime', values: new Map(), ...change });
}

/** An environment that nothing is wrong with. */
export function anEnvironment(id: string, change: Partial<Environment> = {}): Environment {
  return {
    id,
    label: id,
    url: `http://localhost/${id}`,
    origin: 'http://localhost',
    isDefault: false,
    isProtected: false,
    allowInsecure: false,
    substitution: 'runtime',
    parameters: new Map(),
    tls: {},
    timeoutMs: 1000,
    range: startOfFile,
    ...change,
  };
}

/** A flow that nothing is wrong with. */
export function aFlow(id: string, yaml = '- from: {uri: "timer:x", steps: []}\n', change: Partial<Flow> = {}): Flow {
  return {
    id,
    displayName: id,
    file: `file:///work/${id}.camel.yaml`,
    yaml,
    parsed: { routes: [{ range: startOfFile }], placeholders: [], isDeployable: true, faults: [] },
    parameters: new Map(),
    faults: [],
    hasDuplicateId: false,
    hasLegalId: true,
    ...change,
  };
}

/** Of a folder in which nothing is, and nothing was read. */
export function aState(change: Partial<FolderState> = {}): FolderState {
  return {
    folder: 'file:///work',
    isTrusted: true,
    registry: undefined,
    flows: [],
    contents: new Map(),
    readings: new Map(),
    checking: new Set(),
    running: new Map(),
    unsaved: new Set(),
    memory: new DeploymentMemory(),
    ...change,
  };
}

export function aRegistry(...environments: readonly Environment[]): Registry {
  return {
    file: 'file:///work/pipebase.yaml',
    exclude: [],
    parameters: new Map(),
    environments,
    faults: [],
  };
}
