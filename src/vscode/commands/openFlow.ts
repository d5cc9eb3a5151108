import { commands, Uri } from 'vscode';
import { flowOf } from '../../core/promotion/promotionState';
import type { WorkspaceStore } from '../state/workspaceStore';
import { commandTarget } from './commandTarget';

/** Opens a flow's file: of two with one id the one that is named. */
export async function openFlow(argument: unknown, store: WorkspaceStore): Promise<void> {
  const target = await commandTarget(argument, store);
  if (target?.flow === undefined) {
    return;
  }
  const { state } = target.folder;
  const named = state.flows.find(({ id, file }) => id === target.flow && file === target.file);
  const flow = named ?? flowOf(state, target.flow);
  if (flow) {
    await commands.executeCommand('vscode.open', Uri.parse(flow.file));
  }
}
