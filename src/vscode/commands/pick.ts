import { window, type QuickPickItem } from 'vscode';
import { displayText } from '../../core/displayText';
import { statusOf } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import { statusLabels } from '../../shared/labels';
import { plainText } from '../sentences/plainText';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { alikeFlows, flowPath } from '../views/alikeFlows';
import { cellView } from '../views/rowView';
import type { CommandTarget } from './commandTarget';
import { environmentItem } from './environmentItem';
import { requireRegistries, sayNoFolder } from './premises';

/** Asks for a folder where there are several, and says so where there is none. */
export async function pickFolder(store: WorkspaceStore): Promise<StoredFolder | undefined> {
  await store.ready();
  if (store.folders.length === 0) {
    sayNoFolder();
  }
  return pickOneFolder(store.folders);
}

/** Asks for one of `folders`; with one only there is nothing to ask. */
export async function pickOneFolder(folders: readonly StoredFolder[]): Promise<StoredFolder | undefined> {
  const [first, ...others] = folders;
  if (others.length === 0) {
    return first;
  }
  const items = folders.map((folder) => ({ label: plainText(folder.name), folder }));
  return (await window.showQuickPick(items, { title: 'Workspace Folder' }))?.folder;
}

/** Asks which flow is meant, of all there are. */
export async function pickFlow(store: WorkspaceStore, title: string): Promise<CommandTarget | undefined> {
  await store.ready();
  const folders = requireRegistries(store);
  if (!folders) {
    return undefined;
  }
  await store.readUnread();
  const items = folders.flatMap(flowItems);
  if (items.length === 0) {
    void window.showInformationMessage('No flows found. A flow is a file named <id>.camel.yaml.');
    return undefined;
  }
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.target;
}

function flowItems(folder: StoredFolder): readonly (QuickPickItem & { readonly target: CommandTarget })[] {
  const { state } = folder;
  const alike = alikeFlows(state.flows);
  return state.flows.map((flow) => {
    const status = statusOf(state, flow);
    const words = [
      flow.id === flow.displayName ? '' : displayText(flow.id),
      folder.store.parts.qualifier() ?? '',
      alike.has(flow) ? flowPath(state.folder, flow) : '',
      status ? statusLabels[status] : '',
    ];
    return { label: plainText(flow.displayName), description: joined(words), target: { folder, flow: flow.id } };
  });
}

/** Asks for one of `environments`; with one only there is nothing to ask. */
export async function pickEnvironment(
  target: CommandTarget,
  environments: readonly Environment[],
  title: string,
  labelOf?: (environment: Environment) => string,
): Promise<Environment | undefined> {
  const [first, ...others] = environments;
  if (!first || others.length === 0) {
    return first;
  }
  return choose(target, environments, title, labelOf);
}

/** Asks in any case, showing what stands where. `labelOf`: what an environment is called, where it is not its name. */
export async function choose(
  { folder, flow }: CommandTarget,
  environments: readonly Environment[],
  title: string,
  labelOf = ({ label }: Environment): string => label,
): Promise<Environment | undefined> {
  const known = folder.state.flows.find(({ id }) => id === flow);
  const items = environments.map((environment) => {
    const item = environmentItem(environment);
    const state = known && cellView(folder.state, known, environment.id)?.label;
    const description = joined([item.description, state ?? '']);
    return { ...item, label: plainText(labelOf(environment)), description, environment };
  });
  return (await window.showQuickPick(items, { title: plainText(title), matchOnDescription: true }))?.environment;
}

function joined(words: readonly string[]): string {
  return plainText(words.filter(Boolean).join(' · '));
}
