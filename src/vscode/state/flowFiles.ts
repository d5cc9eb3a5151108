import { FileType, RelativePattern, Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { FlowFile } from '../../core/flows/buildCatalogue';
import { parameterFileOf } from '../../core/flows/flowId';
import { parseFlowYaml } from '../../core/flows/parseFlow';
import type { ParsedFlowYaml } from '../../core/flows/types';
import { startOfFile } from '../../core/source';

/** Where the registry stands in a folder. */
export function registryUri(folder: WorkspaceFolder): Uri {
  return Uri.joinPath(folder.uri, 'pipebase.yaml');
}

/** URIs of the files that the registry's patterns find, without duplicates, in a stable order. */
export async function findFlowFiles(
  folder: WorkspaceFolder,
  include: readonly string[],
  exclude: readonly string[],
): Promise<readonly Uri[]> {
  const excluded = new Set(await find(folder, exclude));
  const found = (await find(folder, include)).filter((uri) => !excluded.has(uri));
  return [...new Set(found)].sort().map((uri) => Uri.parse(uri));
}

/** A brace in a pattern rules out joining patterns with braces, so each is searched for by itself. */
async function find(folder: WorkspaceFolder, patterns: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    patterns.map((pattern) => workspace.findFiles(new RelativePattern(folder, pattern), '**/node_modules/**')),
  );
  return found.flat().map((uri) => uri.toString());
}

/** A flow's YAML and its parameter file as they are on disk. Undefined where the YAML is gone. */
export async function readFlowFile(folder: WorkspaceFolder, uri: Uri): Promise<FlowFile | undefined> {
  const bytes = await readBytes(uri);
  if (!bytes) {
    return undefined;
  }
  const path = uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
  const file = uri.toString();
  const yaml = utf8(bytes);
  const parameters = await readText(Uri.joinPath(folder.uri, parameterFileOf(path)));
  return {
    file,
    path,
    yaml: yaml ?? '',
    parsed: yaml === undefined ? notText(file) : parseFlowYaml(yaml, file),
    ...(parameters ? { parameters } : {}),
  };
}

/** A text file, or undefined where there is none. What is not UTF-8 shows as replacement characters. */
export async function readText(uri: Uri): Promise<{ file: string; text: string } | undefined> {
  const bytes = await readBytes(uri);
  return bytes && { file: uri.toString(), text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
}

async function readBytes(uri: Uri): Promise<Uint8Array | undefined> {
  try {
    const { type } = await workspace.fs.stat(uri);
    return (type & FileType.File) === 0 ? undefined : await workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

/** A flow is sent byte for byte: text that would not come out as it went in is refused. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function notText(file: string): ParsedFlowYaml {
  const message = 'This file is not UTF-8 text, so it is not read as a flow. Save it as UTF-8 to deploy it.';
  const fault = { severity: 'error', code: 'not-utf8', message, file, range: startOfFile } as const;
  return { routes: [], placeholders: [], isDeployable: false, faults: [fault] };
}
