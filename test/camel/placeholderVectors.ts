import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlaceholderSources } from '../../src/core/flows/evaluatePlaceholders';
import { repositoryFolder } from '../host/repositoryFolder';

export interface PlaceholderVectors {
  readonly context: Readonly<Record<'props' | 'env' | 'sys' | 'bean', Readonly<Record<string, string>>>>;
  readonly cases: readonly { readonly in: string; readonly out?: string | null; readonly error?: string }[];
}

const path = join(repositoryFolder, 'test', 'fixtures', 'camel-placeholder-vectors.json');

export const vectors = JSON.parse(readFileSync(path, 'utf8')) as PlaceholderVectors;

/** The vectors' context, as our evaluator takes it. */
export const vectorSources: PlaceholderSources = {
  properties: new Map(Object.entries(vectors.context.props)),
  environment: new Map(Object.entries(vectors.context.env)),
  system: new Map(Object.entries(vectors.context.sys)),
  functions: new Map([['bean', new Map(Object.entries(vectors.context.bean))]]),
};
