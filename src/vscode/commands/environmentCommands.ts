import { window } from 'vscode';
import {
  addEnvironment,
  removeEnvironment,
  renameEnvironment,
  setDefaultEnvironment,
  setPromotionTarget,
} from '../../core/registry/editRegistry';
import { upstreamsOf } from '../../core/registry/promotionGraph';
import type { Environment } from '../../core/registry/types';
import type { CommandHandlers } from '../contributions/commandIds';
import { chooseModal } from '../operations/confirmModal';
import { qualified, qualifiedText } from '../operations/qualified';
import { plainText } from '../sentences/plainText';
import type { WorkspaceStore } from '../state/workspaceStore';
import { askEnvironmentUrl } from './askEnvironmentUrl';
import { askLine } from './askLine';
import { changeRegistry, openRegistry } from './changeRegistry';
import { commandTarget } from './commandTarget';
import type { EnvironmentBelongings } from './environmentBelongings';
import { environmentItem } from './environmentItem';
import { environmentTarget } from './environmentTarget';
import { pickFolder } from './pick';
import { requireTrust } from './premises';

type EnvironmentCommands = Pick<
  CommandHandlers,
  | 'pipebase.environment.add'
  | 'pipebase.environment.rename'
  | 'pipebase.environment.remove'
  | 'pipebase.environment.setDefault'
  | 'pipebase.environment.setPromotionTarget'
>;

/** Edits of `pipebase.yaml`: comments, order and style stay, and each can be undone in the editor. */
export function environmentCommands(store: WorkspaceStore, belongings: EnvironmentBelongings): EnvironmentCommands {
  return {
    'pipebase.environment.add': (argument) => add(argument, store),
    'pipebase.environment.rename': (argument) => rename(argument, store, belongings),
    'pipebase.environment.remove': (argument) => remove(argument, store, belongings),
    'pipebase.environment.setDefault': (argument) => setDefault(argument, store),
    'pipebase.environment.setPromotionTarget': (argument) => setTarget(argument, store),
  };
}

async function add(argument: unknown, store: WorkspaceStore): Promise<void> {
  const folder = (await commandTarget(argument, store))?.folder ?? (await pickFolder(store));
  const registry = folder && (await openRegistry(folder));
  if (!registry) {
    return;
  }
  const id = await askLine(
    qualifiedText('Add Environment', folder.store),
    'Its id in pipebase.yaml, such as dev or staging.',
    '',
    (value) => addEnvironment(registry.text, { id: value, url: 'https://example.com' }),
  );
  if (id === undefined) {
    return;
  }
  const url = await askEnvironmentUrl(registry.text, id);
  if (url === undefined) {
    return;
  }
  const others = folder.state.registry?.environments ?? [];
  const chosen =
    others.length === 0 ? nowhere : await pickTarget(others, `Promote from ${qualifiedText(id, folder.store)} to…`);
  if (chosen) {
    const { target } = chosen;
    const promotion = target === undefined ? {} : { promotesTo: target };
    // Plain http to another machine has been asked about.
    const edit = addEnvironment(registry.text, { id, url, allowInsecure: true, ...promotion });
    await changeRegistry(registry, folder, edit);
  }
}

async function rename(argument: unknown, store: WorkspaceStore, belongings: EnvironmentBelongings): Promise<void> {
  // Token and secrets are copied to what the file calls the environment then.
  if (!requireTrust()) {
    return;
  }
  const { folder, environment } = (await environmentTarget(argument, store, 'Rename Environment')) ?? {};
  const registry = folder && (await openRegistry(folder));
  if (!registry || !environment) {
    return;
  }
  const { id, label } = environment;
  const prompt = `Its id in pipebase.yaml${label === id ? '' : '; its name stays'}. Token, secrets and records go along; the runtime notices nothing.`;
  const newId = await askLine(`Rename Environment ${qualifiedText(label, folder.store)}`, prompt, id, (value) =>
    value === id ? undefined : renameEnvironment(registry.text, id, value),
  );
  if (newId === undefined || newId === id) {
    return;
  }
  const edit = renameEnvironment(registry.text, id, newId);
  if (await changeRegistry(registry, folder, edit, () => belongings.copy(folder, environment, newId))) {
    await belongings.restart(folder);
  }
}

async function remove(argument: unknown, store: WorkspaceStore, belongings: EnvironmentBelongings): Promise<void> {
  const { folder, environment } = (await environmentTarget(argument, store, 'Remove Environment')) ?? {};
  const registry = folder && (await openRegistry(folder));
  if (!registry || !environment) {
    return;
  }
  const question = {
    message: `Remove ${qualified(environment, folder.store).label} from pipebase.yaml?`,
    detail: removalDetail(environment, folder.state.registry?.environments ?? []),
  };
  const answer = await chooseModal(question, 'Remove', 'Remove and Forget Secrets');
  if (answer === undefined) {
    return;
  }
  const edit = removeEnvironment(registry.text, environment.id);
  if ((await changeRegistry(registry, folder, edit)) && answer === 'Remove and Forget Secrets') {
    await belongings.forget(folder, environment);
  }
}

function removalDetail(environment: Environment, all: readonly Environment[]): string {
  const upstreams = upstreamsOf(all, environment.id).map(({ label }) => label);
  const next = all.find(({ id }) => id === environment.promotesTo)?.label;
  const rewired =
    upstreams.length === 0 ? '' : ` ${upstreams.join(', ')} will promote to ${next ?? 'no environment'} instead.`;
  return `The runtime at ${environment.url} and the flows on it stay as they are.${rewired} The deploy token and secret parameters stay in VS Code's secret storage, so that the removal can be undone, unless you have them forgotten.`;
}

async function setDefault(argument: unknown, store: WorkspaceStore): Promise<void> {
  const { folder, environment } = (await environmentTarget(argument, store, 'Set Default Environment')) ?? {};
  const registry = folder && (await openRegistry(folder));
  if (registry && environment) {
    await changeRegistry(registry, folder, setDefaultEnvironment(registry.text, environment.id));
  }
}

async function setTarget(argument: unknown, store: WorkspaceStore): Promise<void> {
  const { folder, environment } = (await environmentTarget(argument, store, 'Set Promotion Target of…')) ?? {};
  const registry = folder && (await openRegistry(folder));
  if (!registry || !environment) {
    return;
  }
  const others = (folder.state.registry?.environments ?? []).filter(({ id }) => id !== environment.id);
  const chosen = await pickTarget(others, `Promote from ${qualified(environment, folder.store).label} to…`);
  if (chosen) {
    await changeRegistry(registry, folder, setPromotionTarget(registry.text, environment.id, chosen.target));
  }
}

interface TargetItem {
  readonly label: string;
  readonly description: string;
  readonly target: string | undefined;
}

const nowhere: TargetItem = { label: 'Nowhere', description: 'the end of the chain', target: undefined };

async function pickTarget(environments: readonly Environment[], title: string): Promise<TargetItem | undefined> {
  const items = environments.map((each) => ({ ...environmentItem(each), target: each.id }));
  return window.showQuickPick<TargetItem>([nowhere, ...items], { title: plainText(title), matchOnDescription: true });
}
