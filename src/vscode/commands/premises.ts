import { window, workspace } from 'vscode';
import type { Environment, Registry } from '../../core/registry/types';
import { tell, type NextStep } from '../operations/tell';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';

// What commands need before there is anything to ask. Where it is missing, that is said, with the one way to it.

/** The folders that flows are chosen from: one without pipebase.yaml never asked for us. */
export function requireRegistries({ folders }: WorkspaceStore): readonly StoredFolder[] | undefined {
  const withRegistry = folders.filter(({ state }) => state.registry);
  if (withRegistry.length > 0) {
    return withRegistry;
  }
  if (folders.length === 0) {
    sayNoFolder();
  } else {
    sayNoRegistry();
  }
  return undefined;
}

/** VS Code asks for it, too, and not where another extension starts a command. */
export function requireTrust(): boolean {
  if (!workspace.isTrusted) {
    tell(
      window.showWarningMessage,
      'In Restricted Mode tokens and secrets stay as they are. Trust this workspace first.',
      [{ label: 'Manage Workspace Trust', command: 'workbench.trust.manage' }],
    );
  }
  return workspace.isTrusted;
}

export function requireRegistry({ state }: StoredFolder): Registry | undefined {
  if (!state.registry) {
    sayNoRegistry();
  }
  return state.registry;
}

/** There is at least one among them. */
export function requireEnvironments(folder: StoredFolder): readonly Environment[] | undefined {
  const registry = requireRegistry(folder);
  if (registry?.environments.length === 0) {
    tell(window.showWarningMessage, 'pipebase.yaml has no usable environment.', [openingRegistry(folder)]);
    return undefined;
  }
  return registry?.environments;
}

export function openingRegistry({ state }: StoredFolder): NextStep {
  const argument = { folder: state.folder };
  return { label: 'Open pipebase.yaml', command: 'pipebase.environment.openInRegistry', argument };
}

export function sayNoFolder(): void {
  tell(window.showWarningMessage, 'Open the folder that holds your Camel flows first.', [
    { label: 'Open Folder', command: 'workbench.action.files.openFolder' },
  ]);
}

function sayNoRegistry(): void {
  tell(window.showWarningMessage, 'This folder has no pipebase.yaml.', [
    { label: 'Start Local Environments', command: 'pipebase.local.start' },
  ]);
}
