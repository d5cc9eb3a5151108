import { Uri, window } from 'vscode';
import * as z from 'zod';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';

/** What a command is about, as far as whoever started it said. */
export interface CommandTarget {
  readonly folder: StoredFolder;
  readonly flow?: string;
  /** URI text of the flow's YAML: of two files with one id, the one that is meant. */
  readonly file?: string;
  readonly environment?: string;
  /** Of a promotion. */
  readonly from?: string;
}

/**
 * What commands are started with: a tree item carries it as `target`, a CodeLens, the matrix and other extensions give
 * it as it is. Any extension can start a command with anything, so it is checked.
 */
const argumentSchema = z.object({
  folder: z.string(),
  flow: z.string().optional(),
  file: z.string().optional(),
  environment: z.string().optional(),
  from: z.string().optional(),
});
const nodeSchema = z.object({ target: argumentSchema });

/** From a tree item, a CodeLens, an editor title or the palette to what is meant. Undefined where nothing is named. */
export async function commandTarget(argument: unknown, store: WorkspaceStore): Promise<CommandTarget | undefined> {
  await store.ready();
  if (argument instanceof Uri) {
    return targetOfFile(argument, store);
  }
  const node = nodeSchema.safeParse(argument);
  const named = node.success ? node.data.target : argumentSchema.safeParse(argument).data;
  if (!named) {
    return argument === undefined ? activeTarget(store) : undefined;
  }
  const folder = store.folder(named.folder);
  // What was named and is gone is not what happens to be open: undefined asks instead.
  if (!folder) {
    return undefined;
  }
  const { flow, file, environment, from } = named;
  return {
    folder,
    ...(flow === undefined ? {} : { flow }),
    ...(file === undefined ? {} : { file }),
    ...(environment === undefined ? {} : { environment }),
    ...(from === undefined ? {} : { from }),
  };
}

function activeTarget(store: WorkspaceStore): CommandTarget | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri && targetOfFile(uri, store);
}

function targetOfFile(uri: Uri, store: WorkspaceStore): CommandTarget | undefined {
  const file = uri.toString();
  // The innermost folder, where one is inside another.
  const innermost = [...store.folders].sort((one, other) => other.state.folder.length - one.state.folder.length);
  for (const folder of innermost) {
    const flow = folder.state.flows.find((candidate) => candidate.file === file);
    if (flow) {
      return { folder, flow: flow.id, file };
    }
  }
  return undefined;
}
