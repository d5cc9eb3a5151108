import { writeFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import * as z from 'zod';
import { isLegalFlowId } from '../../core/flows/flowId';
import { newFlowFolder } from '../../core/flows/newFlowFolder';
import { qualifiedText } from '../operations/qualified';
import { tell } from '../operations/tell';
import { plainText } from '../sentences/plainText';
import type { WorkspaceStore } from '../state/workspaceStore';
import { pickFolder } from './pick';
import { openingRegistry } from './premises';

/** What the matrix gives. Not what the title of a view does: VS Code hands it the focused row, which is not what is meant. */
const argumentSchema = z.object({ folder: z.string() });

/** Asks for an id and writes a flow that can be deployed as it is, into the folder that is named or asked for. */
export async function newFlow(argument: unknown, store: WorkspaceStore): Promise<void> {
  const named = argumentSchema.safeParse(argument).data?.folder;
  const folder = (named === undefined ? undefined : store.folder(named)) ?? (await pickFolder(store));
  if (!folder) {
    return;
  }
  const taken = new Set(folder.state.flows.map(({ id }) => id));
  const id = await window.showInputBox({
    title: plainText(qualifiedText('New Flow', folder.store)),
    prompt: 'Its id, which is its file name: letters, digits, dot, underscore and hyphen.',
    placeHolder: 'orders-to-kafka',
    validateInput: (value) => {
      if (value !== '' && !isLegalFlowId(value)) {
        return 'Letters, digits, dot, underscore and hyphen only, at most 128.';
      }
      return taken.has(value) ? `There is a flow ${value} already.` : undefined;
    },
  });
  if (id === undefined || id === '') {
    return;
  }
  const directory = Uri.joinPath(folder.folder.uri, newFlowFolder(folder.state.registry?.include));
  const uri = Uri.joinPath(directory, `${id}.camel.yaml`);
  try {
    await mkdir(dirname(uri.fsPath), { recursive: true });
    await writeFile(uri.fsPath, template(id), { encoding: 'utf8', flag: 'wx' });
  } catch (error) {
    tell(window.showErrorMessage, `The flow could not be written to ${uri.fsPath}: ${String(error)}`);
    return;
  }
  await commands.executeCommand('vscode.open', uri);
  await folder.store.reload();
  if (!folder.store.state.flows.some(({ file }) => file === uri.toString())) {
    const path = workspace.asRelativePath(uri, false);
    tell(
      window.showWarningMessage,
      `${path} is no flow for pipebase.yaml: flows.include and flows.exclude say where they are. Move it there, or add a pattern.`,
      [openingRegistry(folder)],
    );
  }
}

function template(id: string): string {
  return `- route:
    id: ${JSON.stringify(id)}
    from:
      uri: timer:tick
      parameters:
        period: 10000
      steps:
        - log: "Hello from \${routeId}"
`;
}
