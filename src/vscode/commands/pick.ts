import { window } from 'vscode';
import { statusOf } from '../../core/promotion/promotionState';
import type { Environment } from '../../core/registry/types';
import { statusLabels } from '../../shared/labels';
import { plainText } from '../sentences/plainText';
import type { StoredFolder, WorkspaceStore } from '../state/workspaceStore';
import { cellView } from '../views/rowView';
import type { CommandTarget } from './commandTarget';

/** Asks for a folder where there are several. */
export async function pickFolder(store: WorkspaceStore): Promise<StoredFolder | undefined> {
  await store.ready();
  const [first, ...others] = store.folders;
  if (!first || others.length === 0) {
    return first;
  }
  const items = store.folders.map((folder) => ({ label: folder.name, folder }));
  return (await window.showQuickPick(items, { title: 'Workspace Folder' }))?.folder;
}

/** Asks which flow is meant, of all there are. */
export async function pickFlow(store: WorkspaceStore, title: string): Promise<CommandTarget | undefined> {
  await store.ready();
  await store.readUnread();
  const items = store.folders.flatMap((folder) =>
    folder.state.flows.map((flow) => {
      const status = statusOf(folder.state, flow);
      const description = [status && statusLabels[status], flow.id].filter(Boolean).join(' · ');
      return { label: plainText(flow.displayName), description, target: { folder, flow: flow.id } };
    }),
  );
  if (items.length === 0) {
    void window.showInformationMessage('No flows found. A flow is a file named <id>.camel.yaml.');
    return undefined;
  }
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.target;
}

/** Asks for one of `environments`; with one only there is nothing to ask. */
export async function pickEnvironment(
  target: CommandTarget,
  environments: readonly Environment[],
  title: string,
): Promise<Environment | undefined> {
  const [first, ...others] = environments;
  if (!first || others.length === 0) {
    return first;
  }
  return choose(target, environments, title);
}

/** Asks in any case, showing what stands where. */
export async function choose(
  { folder, flow }: CommandTarget,
  environments: readonly Environment[],
  title: string,
): Promise<Environment | undefined> {
  const known = folder.state.flows.find(({ id }) => id === flow);
  const items = environments.map((environment) => ({
    label: plainText(environment.label),
    description: (known && cellView(folder.state, known, environment.id)?.label) ?? '',
    detail: environment.url,
    environment,
  }));
  return (await window.showQuickPick(items, { title }))?.environment;
}
