import { FileSystemError, RelativePattern, Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { FlowFile } from '../../core/flows/buildCatalogue';
import { parameterFileOf } from '../../core/flows/flowId';
import { includeFaults } from '../../core/flows/includeFaults';
import { parseFlowYaml } from '../../core/flows/parseFlow';
import type { ParsedFlowYaml } from '../../core/flows/types';
import type { FilePattern, Registry } from '../../core/registry/types';
import { startOfFile, type Fault } from '../../core/source';

/** Where the registry stands in a folder. */
export function registryUri(folder: WorkspaceFolder): Uri {
  return Uri.joinPath(folder.uri, 'pipebase.yaml');
}

/** Where nobody says where flows are: everywhere but in what Maven and Gradle make, where each would be a second time. */
const defaultPlaces: SearchPlaces = {
  include: ['**/*.camel.yaml', '**/*.camel.yml'].map((glob) => ({ glob, range: startOfFile })),
  without: '**/{node_modules,target,build}/**',
};

interface SearchPlaces {
  readonly include: readonly FilePattern[];
  readonly without: string;
}

/** URIs of the files that are flows, without duplicates, in a stable order, and what is wrong with the patterns. */
export async function findFlowFiles(
  folder: WorkspaceFolder,
  registry: Registry | undefined,
): Promise<{ readonly uris: readonly Uri[]; readonly faults: readonly Fault[] }> {
  const own = registry?.include && { include: registry.include, without: '**/node_modules/**' };
  const { include, without } = own ?? defaultPlaces;
  const find = (glob: string): Thenable<readonly Uri[]> =>
    workspace.findFiles(new RelativePattern(folder, glob), without);
  // A brace in a pattern rules out joining patterns with braces, so each is searched for by itself.
  const excluded = new Set((await Promise.all((registry?.exclude ?? []).map(find))).flat().map(String));
  const found = await Promise.all(
    include.map(async (pattern) => {
      const uris = (await find(pattern.glob)).filter((uri) => !excluded.has(uri.toString()));
      return { pattern, uris, paths: uris.map((uri) => pathIn(folder, uri)) };
    }),
  );
  const texts = new Set(found.flatMap(({ uris }) => uris.map(String)));
  const faults = registry ? includeFaults(registry.file, found) : [];
  return { uris: [...texts].sort().map((text) => Uri.parse(text)), faults };
}

/** A flow's YAML and its parameter file as they are on disk. Undefined where the YAML is gone. */
export async function readFlowFile(folder: WorkspaceFolder, uri: Uri): Promise<FlowFile | undefined> {
  const yaml = await readTextFile(uri);
  if (yaml.kind === 'missing') {
    return undefined;
  }
  const path = pathIn(folder, uri);
  const parameters = await readTextFile(Uri.joinPath(folder.uri, parameterFileOf(path)));
  const parsed = yaml.kind === 'text' ? parseFlowYaml(yaml.text, yaml.file) : faulty(yaml.fault);
  return {
    file: uri.toString(),
    path,
    yaml: yaml.kind === 'text' ? yaml.text : '',
    // Without its own values a flow would be sent with the environment's: that is another flow.
    parsed: parameters.kind === 'unreadable' ? withFault(parsed, parameters.fault) : parsed,
    ...(parameters.kind === 'text' ? { parameters: { file: parameters.file, text: parameters.text } } : {}),
  };
}

function pathIn(folder: WorkspaceFolder, { path }: Uri): string {
  return path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
}

/** `unreadable`: it is there, and what is in it is not known. Never the same as a file that is not there. */
export type TextFile =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly fault: Fault }
  | { readonly kind: 'text'; readonly file: string; readonly text: string };

/** Text that would not come out byte for byte as it went in counts as unreadable. */
export async function readTextFile(uri: Uri): Promise<TextFile> {
  const file = uri.toString();
  try {
    const bytes = await workspace.fs.readFile(uri);
    const text = utf8(bytes);
    return text === undefined ? { kind: 'unreadable', fault: notText(file) } : { kind: 'text', file, text };
  } catch (error) {
    const isGone = error instanceof FileSystemError && ['FileNotFound', 'FileIsADirectory'].includes(error.code);
    return isGone ? { kind: 'missing' } : { kind: 'unreadable', fault: notRead(file, error) };
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notText(file: string): Fault {
  const message = 'This file is not UTF-8 text, so it is not read. Save it as UTF-8.';
  return { severity: 'error', code: 'not-utf8', message, file, range: startOfFile };
}

function notRead(file: string, error: unknown): Fault {
  const why = error instanceof Error ? error.message : String(error);
  const message = `This file cannot be read (${why}), so nothing is deployed with it. Check who may read it, then refresh.`;
  return { severity: 'error', code: 'not-readable', message, file, range: startOfFile };
}

function faulty(fault: Fault): ParsedFlowYaml {
  return { routes: [], placeholders: [], isDeployable: false, faults: [fault] };
}

function withFault(parsed: ParsedFlowYaml, fault: Fault): ParsedFlowYaml {
  return { ...parsed, isDeployable: false, faults: [...parsed.faults, fault] };
}
